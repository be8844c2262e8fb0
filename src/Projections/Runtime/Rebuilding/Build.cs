using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Projections.Runtime.Leading;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>A projection that is built beside the live one: the same code on tables of its own, going no further than it is told to.</summary>
internal sealed class Build(IProjection projection, ProjectionRunner runner, ProjectionSession session, IEventStore store) : IAsyncDisposable
{
    public FactQueue Queue => runner.Queue;

    public StorePosition? Position => runner.Status.Position;

    public long Applied => runner.Status.Facts;

    /// <summary>Applies everything up to <paramref name="target"/>, and nothing beyond.</summary>
    /// <exception cref="BuildStoppedException">It met an event that it can't apply.</exception>
    /// <exception cref="SupersededException">Another worker has taken over.</exception>
    public async Task RunToAsync(StorePosition? target, CancellationToken ct)
    {
        while (target is { } until && (Position is not { } position || position < until))
        {
            if (!await runner.StepAsync(until, ct) && Queue.HasCaughtUp && await IsNothingUpToAsync(until, ct)) runner.PassOver(until);
            if (runner.Status.State == ProjectionState.Stopped) throw new BuildStoppedException(projection.Name, runner.Status.ErrorEvent!, runner.Status.Error);
        }
    }

    /// <summary>Makes what only queries need of the tables. Nothing is applied meanwhile.</summary>
    /// <exception cref="SupersededException">Another worker has taken over.</exception>
    public Task IndexAsync(CancellationToken ct) => session.IndexAsync(projection.Tables, ct);

    public ValueTask DisposeAsync() => runner.DisposeAsync();

    // A subscription does not always tell how far it has looked; asking is exact. It may mean to read the store from there, which the reader does already until it has caught up.
    private async Task<bool> IsNothingUpToAsync(StorePosition target, CancellationToken ct)
    {
        await foreach (var next in store.ReadAllAsync(from: runner.Scanned, filter: projection.Wanted, limit: 1, ct: ct)) return next.Position > target;
        return true;
    }
}

/// <summary>A build met an event that it can't apply.</summary>
public sealed class BuildStoppedException(string projection, PoisonEvent at, string? reason)
    : Exception($"The build of {projection} stopped at {at.Position}: {reason}")
{
    public PoisonEvent At => at;
}
