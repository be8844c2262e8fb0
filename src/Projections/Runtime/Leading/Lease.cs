namespace EventEngine.Projections.Runtime.Leading;

/// <summary>The right to write one projection's tables, live ones or those of a build, as long as no rival has raised the epoch.</summary>
internal sealed class Lease : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private Task? _losing;

    public Lease(LeaseRows rows, string projection, long epoch, string session) =>
        (Rows, Projection, Epoch, Session, Lost) = (rows, projection, epoch, session, _lost.Token);

    /// <summary>Where it is written down.</summary>
    public LeaseRows Rows { get; }

    public string Projection { get; }

    public long Epoch { get; }

    /// <summary>The name of every session that writes under it.</summary>
    public string Session { get; }

    /// <summary>Cancelled once it is let go, or another worker has it. Nothing depends on hearing of it in time: every commit checks the epoch.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Who listens is told on threads of their own.</summary>
    /// <returns>Done when all have been told, whoever said it first: disposed before, they never would be.</returns>
    public Task LoseAsync()
    {
        lock (_lost) return _losing ??= _lost.CancelAsync();
    }

    public void Dispose() => _lost.Dispose();
}
