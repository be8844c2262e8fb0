using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Reads everything, the next page being fetched while one is handed out: at most two are in memory.</summary>
internal sealed class AllReader(AllPages pages)
{
    public async IAsyncEnumerable<RecordedEvent> ReadAsync(
        ReadDirection direction, StorePosition? from, EventFilter? filter, long limit, [EnumeratorCancellation] CancellationToken ct)
    {
        var step = direction == ReadDirection.Forwards ? 1 : -1;
        var start = from is { } position ? position.Commit + step : step > 0 ? 0 : long.MaxValue;
        if (limit <= 0 || start < 0) yield break;

        var (kept, size) = (new AllFilter(filter), new PageSize(limit));
        using var readAhead = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var next = PageAsync(start);
        try
        {
            while (true)
            {
                var page = await next;
                var isLast = page.IsLast || page.Events.Count >= limit || page.Edge + step < 0;
                if (!isLast) next = PageAsync(page.Edge + step);
                foreach (var recorded in page.Events)
                {
                    if (limit-- == 0) yield break;
                    yield return recorded;
                }

                if (isLast) yield break;
            }
        }
        finally
        {
            await readAhead.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task<AllPage> PageAsync(long at) =>
            step > 0 ? pages.ForwardsAsync(at, kept, size, readAhead.Token) : pages.BackwardsAsync(at, kept, size, readAhead.Token);
    }
}
