using System.Text.Json;
using System.Text.Json.Nodes;
using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>
/// A stream's limits are in the last event of its metadata stream, beside what the server and its operators keep there: rights, and where the
/// stream was cut off when it was deleted. Those stay as they are.
/// </summary>
internal sealed class StreamLimits(EventStoreDbClient client)
{
    private const string MaxAge = "$maxAge", MaxCount = "$maxCount", TruncateBefore = "$tb";
    private const int Attempts = 5;

    public async Task<StreamMetadata> ReadAsync(string stream, CancellationToken ct)
    {
        var (about, _) = await LatestAsync(stream, ct);
        return new StreamMetadata(
            about[MaxAge]?.GetValue<long>() is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            about[MaxCount]?.GetValue<long>());
    }

    public async Task<bool> SetAsync(string stream, StreamMetadata limits, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (about, at) = await LatestAsync(stream, ct);
            Put(about, MaxAge, limits.MaxAge is { } age ? Math.Max(1, (long)Math.Ceiling(age.TotalSeconds)) : null);
            Put(about, MaxCount, limits.MaxCount);
            var changed = new EventData(Guid.NewGuid(), "$metadata", JsonSerializer.SerializeToUtf8Bytes(about), default);
            try
            {
                await client.AppendAsync(NameOf(stream), at, [changed], ct);
                return true;
            }
            catch (WrongExpectedRevisionException) when (attempt < Attempts)
            {
            }
        }
    }

    /// <summary>The first revision that is not deleted; <see cref="long.MaxValue"/> when all are.</summary>
    public async Task<long> FirstKeptAsync(string stream, CancellationToken ct)
    {
        try
        {
            var (about, _) = await LatestAsync(stream, ct);
            return about[TruncateBefore]?.GetValue<long>() ?? 0;
        }
        catch (StreamTombstonedException)
        {
            return long.MaxValue;
        }
    }

    private static string NameOf(string stream) => "$$" + stream;

    private static void Put(JsonObject about, string name, long? value)
    {
        if (value is null) about.Remove(name);
        else about[name] = value;
    }

    private async Task<(JsonObject About, StreamState At)> LatestAsync(string stream, CancellationToken ct)
    {
        await foreach (var latest in client.ReadStreamAsync(NameOf(stream), backwards: true, null, 1, ct))
            return (JsonNode.Parse(latest.Data.Span) as JsonObject ?? [], StreamState.Revision(latest.Revision));
        return ([], StreamState.NoStream);
    }
}
