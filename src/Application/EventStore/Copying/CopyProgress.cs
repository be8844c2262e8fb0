namespace EventEngine.Application.EventStore.Copying;

public enum CopyPhase
{
    Starting,
    Copying,
    Verifying,
    Settling,
}

/// <summary>How far a copy has come, to be looked at from another thread.</summary>
public sealed class CopyProgress
{
    private long _copied;
    private long _at;
    private long _head;

    public CopyPhase Phase { get; internal set; }

    /// <summary>Events written in this run.</summary>
    public long Copied => Interlocked.Read(ref _copied);

    /// <summary>From 0 to 1, of the phase; positions stand for the way.</summary>
    public double Fraction => Interlocked.Read(ref _head) is > 0 and var head ? Math.Clamp((double)Interlocked.Read(ref _at) / head, 0, 1) : 0;

    internal void Begin(CopyPhase phase, StorePosition? head)
    {
        Interlocked.Exchange(ref _at, 0);
        Interlocked.Exchange(ref _head, head?.Commit ?? 0);
        Phase = phase;
    }

    internal void Reached(StorePosition position) => Interlocked.Exchange(ref _at, position.Commit);

    internal void Arrived(int events) => Interlocked.Add(ref _copied, events);
}
