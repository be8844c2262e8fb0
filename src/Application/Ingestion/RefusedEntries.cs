using System.Collections.Concurrent;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using Microsoft.Extensions.Logging;

namespace EventEngine.Application.Ingestion;

/// <summary>
/// Entries turned away by quota, by app and minute. They are many and say nothing but their number, so the store is told once a minute;
/// what a process that dies had not told yet is missing on both sides of the ledger.
/// </summary>
public sealed class RefusedEntries(IEventStore store, ILogger<RefusedEntries> log)
{
    private const string Reason = "quota";

    private readonly ConcurrentDictionary<(AppId App, DateTimeOffset Minute), int> _counts = new();

    public void Add(AppId app, DateTimeOffset receivedAt, int entries) =>
        _counts.AddOrUpdate((app, MinuteOf(receivedAt)), entries, (_, count) => count + entries);

    /// <summary>Tells the store of the minutes before a time; null: of all.</summary>
    public async Task FlushAsync(DateTimeOffset? before, CancellationToken ct)
    {
        foreach (var (app, minute) in _counts.Keys)
        {
            if (before <= minute.AddMinutes(1) && before is not null) continue;
            if (_counts.TryRemove((app, minute), out var count)) await TellAsync(app, minute, count, ct);
        }
    }

    private async Task TellAsync(AppId app, DateTimeOffset minute, int count, CancellationToken ct)
    {
        var stream = StreamName.Entries(app, DateOnly.FromDateTime(minute.UtcDateTime));
        try
        {
            await store.AppendAsync(stream, ExpectedRevision.Any, [new EntriesRefused(minute, count, Reason)], ct: ct);
        }
        catch (StreamDeletedException)
        {
            log.LogInformation("App {App} was deleted; {Count} entries of it that were refused are not written down", app, count);
        }
        catch (StoreUnavailableException error)
        {
            _counts.AddOrUpdate((app, minute), count, (_, more) => more + count);
            log.LogWarning(error, "{Count} refused entries of app {App} can't be written down now", count, app);
        }
    }

    private static DateTimeOffset MinuteOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
