namespace EventEngine.Projections.Runtime.Leading;

/// <summary>The right to write one projection's tables, as long as no rival has raised the epoch.</summary>
internal sealed class Lease(string projection, long epoch) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();

    public string Projection => projection;

    public long Epoch => epoch;

    /// <summary>Cancelled once another worker leads. Nothing depends on hearing of it in time: every commit checks the epoch.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Returns at once: who listens is told on threads of their own.</summary>
    public void Lose() => _ = _lost.CancelAsync();

    public void Dispose() => _lost.Dispose();
}
