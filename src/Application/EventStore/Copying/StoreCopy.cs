namespace EventEngine.Application.EventStore.Copying;

/// <summary>
/// Moves a whole store into another, in the source's order: stream names, ids, types, data and metadata as they are, appends of requests
/// whole, limits of streams at the end. What the source no longer shows is left behind. It goes on until the source stands still, and where
/// an earlier run ended; the target tells where that is.
/// </summary>
public sealed class StoreCopy(IEventStore source, IEventStore target, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public CopyProgress Progress { get; } = new();

    /// <exception cref="CopyRefusedException">The target holds something else.</exception>
    /// <exception cref="StoreUnavailableException">One of the stores does not answer; begin again, and it goes on.</exception>
    public async Task<CopyReport> RunAsync(CancellationToken ct)
    {
        Progress.Begin(CopyPhase.Starting, null);
        var start = await CopyStart.FindAsync(source, target, ct);
        var streams = new CopiedStreams(source, target, start.TargetWasEmpty);
        var end = start.After;
        while (true)
        {
            end = await CopyUntilStillAsync(end, streams, ct);
            var verification = new CopyVerification(source, target, Progress);
            await verification.RunAsync(end, ct);
            if (!await MovedAsync(end, ct)) return await SettleAsync(verification, new CopySettlement(target, streams), ct);
        }
    }

    /// <summary>Streams that engines keep for themselves.</summary>
    internal static bool IsSystem(RecordedEvent recorded) => recorded.Stream.StartsWith('$');

    private async Task<StorePosition?> CopyUntilStillAsync(StorePosition? end, CopiedStreams streams, CancellationToken ct)
    {
        while (true)
        {
            end = await CopyAsync(end, streams, ct);
            if (!await MovedAsync(end, ct)) return end;
            await Task.Delay(Pause, time, ct);
        }
    }

    private async Task<StorePosition?> CopyAsync(StorePosition? after, CopiedStreams streams, CancellationToken ct)
    {
        Progress.Begin(CopyPhase.Copying, await source.ReadHeadAsync(ct));
        var runs = new AppendRuns();
        await using var flight = new AppendsInFlight(target, ct);
        await foreach (var recorded in source.ReadAllAsync(from: after, ct: ct))
        {
            after = recorded.Position;
            if (IsSystem(recorded)) continue;
            var stream = await streams.OfAsync(recorded.Stream, ct);
            if (!stream.Wants(recorded)) continue;
            stream.Passed(recorded);
            foreach (var run in runs.Add(stream, recorded)) await SendAsync(flight, run);
        }

        if (runs.Close() is { } rest) await SendAsync(flight, rest);
        Progress.Arrived(await flight.FinishAsync());
        return after;
    }

    private async Task SendAsync(AppendsInFlight flight, AppendRun run)
    {
        Progress.Arrived(await flight.SendAsync(run));
        Progress.Reached(run.End);
    }

    private async Task<bool> MovedAsync(StorePosition? end, CancellationToken ct)
    {
        await foreach (var _ in source.ReadAllAsync(from: end, limit: 1, ct: ct)) return true;
        return false;
    }

    private async Task<CopyReport> SettleAsync(CopyVerification verified, CopySettlement settlement, CancellationToken ct)
    {
        var pairs = verified.Streams.ToDictionary(stream => stream.Name, stream => stream.Pair, StringComparer.Ordinal);
        var surplus = verified.Surplus.Where(stream => !settlement.IsEnded(stream, pairs[stream])).ToArray();
        var renumbered = pairs.Where(stream => stream.Value.IsRenumbered).Select(stream => stream.Key).ToArray();
        var report = new CopyReport(Progress.Copied, CategoryComparison.Of(verified.Source, verified.Target), renumbered, surplus);
        if (!report.IsWhole) return report;
        Progress.Begin(CopyPhase.Settling, null);
        await settlement.RunAsync(verified, ct);
        return report;
    }
}
