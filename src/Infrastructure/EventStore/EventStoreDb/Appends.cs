using System.Diagnostics;
using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>
/// Appends, tried again only where a repetition is recognized: at an explicit expected revision. Of any other append whose fate is unknown the
/// caller is told, who alone knows whether to send it again.
/// </summary>
internal sealed class Appends(EventStoreDbClient client, TimeProvider time)
{
    private const int Patience = 3;
    private readonly AppendCapacity _capacity = new();

    public async Task<AppendResult> AppendAsync(string stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken ct)
    {
        var bytes = AppendSize.Of(events);
        if (bytes > AppendSize.Limit) throw new AppendTooLargeException(bytes);
        _capacity.Enter(bytes, events.Count);
        try
        {
            var began = Stopwatch.GetTimestamp();
            var appended = await TryAsync(stream, expected, events, ct);
            StoreMetrics.Appends.Add(1);
            StoreMetrics.Events.Add(events.Count);
            StoreMetrics.CommitDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
            return new AppendResult(Places.Position(appended.Place), appended.Revision);
        }
        catch (AppendSizeException)
        {
            throw new AppendTooLargeException(bytes);
        }
        catch (Exception e) when (StoreFailures.IsFailure(e))
        {
            StoreMetrics.Failures.Add(1);
            throw StoreFailures.Of(e, stream);
        }
        finally
        {
            _capacity.Leave(bytes, events.Count);
        }
    }

    private async Task<Appended> TryAsync(string stream, ExpectedRevision expected, IReadOnlyList<NewEvent> events, CancellationToken ct)
    {
        var data = new EventData[events.Count];
        for (var i = 0; i < data.Length; i++) data[i] = new EventData(events[i].Id, events[i].Type, events[i].Data, events[i].Metadata);
        for (var failures = 0; ;)
        {
            try
            {
                return await client.AppendAsync(stream, Places.State(expected), data, ct);
            }
            catch (WrongExpectedRevisionException e)
            {
                return await FindOriginalAsync(stream, expected, data, ct) ?? throw new WrongRevisionException(stream, expected, e.Actual);
            }
            catch (StreamTombstonedException) when (expected == ExpectedRevision.StreamExists)
            {
                // So the server also calls a stream that may be written again.
                await foreach (var _ in client.ReadStreamAsync(stream, backwards: false, null, 1, ct)) break;
                throw new WrongRevisionException(stream, expected, -1);
            }
            catch (Exception e) when (StoreFailures.IsPassing(e) && expected.Known is not null && ++failures < Patience)
            {
                await Task.Delay(Backoff.After(failures), time, ct);
            }
        }
    }

    /// <summary>
    /// The server compares a repetition that expected no stream with revision 0; in a stream that was deleted and written again, the original
    /// begins where the stream now does.
    /// </summary>
    private async Task<Appended?> FindOriginalAsync(string stream, ExpectedRevision expected, EventData[] data, CancellationToken ct)
    {
        if (expected != ExpectedRevision.NoStream) return null;
        EventRecord? last = null;
        var found = 0;
        await foreach (var recorded in client.ReadStreamAsync(stream, backwards: false, null, data.Length, ct))
        {
            if (recorded.Id != data[found].Id) return null;
            (last, found) = (recorded, found + 1);
        }

        return last is not null && found == data.Length ? new Appended(last.Place, last.Revision) : null;
    }
}
