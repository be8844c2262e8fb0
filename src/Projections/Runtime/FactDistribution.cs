using EventEngine.Application.EventStore;
using Microsoft.Extensions.Logging;

namespace EventEngine.Projections.Runtime;

/// <summary>
/// One reader feeds all projections. One that can't keep its pace for long is let go, so that it doesn't hold up the others; it then
/// reads for itself until it has caught up, and joins again.
/// </summary>
public sealed class FactDistribution(FactSource source, TimeProvider time, ILogger<FactDistribution> log) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _guard = new();
    private readonly List<Member> _together = [];
    private readonly List<Task> _alone = [];
    private CancellationTokenSource _changed = new();
    private CancellationToken _stopping;
    private volatile bool _isReading;

    /// <summary>Begins to feed a queue, until it is closed. One that comes later and is behind the others catches up for itself first.</summary>
    public void Join(FactQueue queue)
    {
        var member = new Member(queue);
        Change(() =>
        {
            _together.RemoveAll(other => other.Queue.IsClosed);
            if (!_isReading || _together.TrueForAll(other => IsNotBehind(queue.Position, other.Queue.Position))) _together.Add(member);
            else ReadAlone(member);
        });
    }

    /// <summary>Feeds the queues until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        (_stopping, _isReading) = (ct, true);
        while (!ct.IsCancellationRequested)
        {
            var (members, changed) = Current();
            using var until = CancellationTokenSource.CreateLinkedTokenSource(ct, changed);
            await TryReadAsync(members, until.Token);
        }

        await Task.WhenAll(_alone);
    }

    public void Dispose() => _changed.Dispose();

    private (Member[] Members, CancellationToken Changed) Current()
    {
        lock (_guard)
        {
            _together.RemoveAll(member => member.Queue.IsClosed);
            return ([.. _together], _changed.Token);
        }
    }

    private async Task TryReadAsync(Member[] members, CancellationToken ct)
    {
        try
        {
            if (members.Length == 0) await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
            var after = members.Any(member => member.Queue.Position is null) ? null : members.Min(member => member.Queue.Position);
            await foreach (var chunk in source.ReadAsync(after, Union(members.Select(member => member.Queue.Wanted)), ct))
            {
                foreach (var member in members) await HandOverAsync(member, chunk, ct);
                if (ct.IsCancellationRequested) return;
            }
        }
        catch (Exception e) when (ct.IsCancellationRequested)
        {
            log.LogDebug(e, "Reading ended");
        }
        catch (Exception e)
        {
            await PauseAsync(e, ct);
        }
    }

    private async Task HandOverAsync(Member member, FactChunk chunk, CancellationToken ct)
    {
        if (member.Queue.IsEmpty) member.Waited = TimeSpan.Zero;
        if (member.Queue.TryWrite(chunk)) return;
        var began = time.GetTimestamp();
        if (member.Left > TimeSpan.Zero && await member.Queue.WriteAsync(chunk, member.Left, ct))
            member.Waited += time.GetElapsedTime(began);
        else
            LetGo(member);
    }

    private void LetGo(Member member)
    {
        log.LogInformation("A projection falls behind and reads for itself from {Position}", member.Queue.Position);
        Change(() =>
        {
            _together.Remove(member);
            ReadAlone(member);
        });
    }

    private void ReadAlone(Member member)
    {
        _alone.RemoveAll(task => task.IsCompleted);
        _alone.Add(Task.Run(() => CatchUpAsync(member), CancellationToken.None));
    }

    private async Task CatchUpAsync(Member member)
    {
        var caughtUp = false;
        while (!caughtUp && !member.Queue.IsClosed && !_stopping.IsCancellationRequested) caughtUp = await TryCatchUpAsync(member, _stopping);
    }

    private async Task<bool> TryCatchUpAsync(Member member, CancellationToken ct)
    {
        try
        {
            await foreach (var chunk in source.ReadAsync(member.Queue.Position, member.Queue.Wanted, ct))
            {
                await member.Queue.WriteAsync(chunk, Timeout.InfiniteTimeSpan, ct);
                if (!chunk.CaughtUp && !member.Queue.IsClosed) continue;
                Change(() => _together.Add(member));
                return true;
            }
        }
        catch (Exception e) when (ct.IsCancellationRequested)
        {
            log.LogDebug(e, "Catching up ended");
        }
        catch (Exception e)
        {
            await PauseAsync(e, ct);
        }

        return false;
    }

    // The next reading starts at the member that is furthest behind; the others know what they have had.
    private void Change(Action change)
    {
        CancellationTokenSource changed;
        lock (_guard)
        {
            change();
            (changed, _changed) = (_changed, new CancellationTokenSource());
        }

        changed.Cancel();
    }

    private async Task PauseAsync(Exception e, CancellationToken ct)
    {
        log.LogWarning(e, "Reading the store failed; trying again");
        await Task.Delay(Pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static bool IsNotBehind(StorePosition? position, StorePosition? other) => other is null || (position is not null && position >= other);

    private static EventFilter Union(IEnumerable<EventFilter> filters)
    {
        var all = filters.ToArray();
        return new EventFilter(
            [.. all.SelectMany(filter => filter.StreamPrefixes ?? []).Distinct()],
            [.. all.SelectMany(filter => filter.Types ?? []).Distinct()]);
    }

    private sealed class Member(FactQueue queue)
    {
        public FactQueue Queue => queue;

        /// <summary>How long it has held up the others since its queue was last empty.</summary>
        public TimeSpan Waited { get; set; }

        public TimeSpan Left => queue.Patience - Waited;
    }
}
