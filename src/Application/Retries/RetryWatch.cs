using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>
/// Looks what an app has reported of events since they were sent, and writes it down, so that it stays known when their entries are gone.
/// Told twice, the first time counts.
/// </summary>
internal sealed class RetryWatch(OrganizationId organization, AppId app, IEventStore store, IMediator mediator, TimeProvider time)
{
    private const int PageSize = 1_000;

    public async Task LookAsync(Guid retry, CancellationToken ct)
    {
        for (var after = -1; ;)
        {
            var items = await mediator.Send(new ListUnreportedItems(organization, app, retry, after, PageSize), ct);
            if (items.Count == 0) return;
            if (await ReportsOfAsync(items, ct) is { } confirmed) await TellAsync(retry, confirmed, ct);
            if (items.Count < PageSize) return;
            after = items[^1].Number;
        }
    }

    private async Task<RetryConfirmed?> ReportsOfAsync(IReadOnlyList<UnreportedItem> items, CancellationToken ct)
    {
        var ids = items.Select(item => item.EventId).ToHashSet(StringComparer.Ordinal);
        var heard = await mediator.Send(new ListTransitions(organization, app, ids, items.Min(item => item.SentAt)), ct);
        var said = items.ToLookup(item => heard.TryGetValue(item.EventId, out var transitions) ? RetryReport.Since(transitions, item.SentAt) : null, item => item.Number);
        int[] published = [.. said[EntryStatus.Published]], dead = [.. said[EntryStatus.DeadLettered]];
        return published.Length + dead.Length > 0 ? new RetryConfirmed(time.GetUtcNow(), published, dead) : null;
    }

    private async Task TellAsync(Guid retry, RetryConfirmed confirmed, CancellationToken ct)
    {
        var appended = await store.AppendAsync(StreamName.Retry(app, retry), ExpectedRevision.StreamExists, [confirmed], ct: ct);
        await mediator.Send(new AwaitPosition(appended.Position, [ProjectionNames.Retries]), ct); // or the next look would find them again
    }
}
