namespace EventEngine.Projections.Runtime.Leading;

/// <summary>A projection that this worker leads, until its tables are swapped.</summary>
/// <param name="runner">Null: the tables are of another form, and wait for their successors.</param>
internal sealed class Led(Lease lease, ProjectionRunner? runner) : IDisposable
{
    private readonly CancellationTokenSource _swapped = new();

    public Lease Lease => lease;

    public ProjectionRunner? Runner => runner;

    /// <summary>Cancelled when other tables have taken the place of those that the runner knows.</summary>
    public CancellationToken Swapped => _swapped.Token;

    public void Swap() => _swapped.Cancel();

    public void Dispose() => _swapped.Dispose();
}
