using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Projections.Runtime.Leading;

namespace EventEngine.Projections.Runtime;

public enum ProjectionState
{
    Running,

    /// <summary>The database can't be written now; it goes on by itself.</summary>
    Waiting,

    /// <summary>At a fact that can't be applied.</summary>
    Stopped,

    /// <summary>Another worker leads, or nobody yet.</summary>
    Standby,

    /// <summary>Its tables are of another form than this program's, and stand still while others are built beside them.</summary>
    Outdated,
}

/// <summary>What a running projection says of itself, in this process.</summary>
public sealed class ProjectionStatus(string name)
{
    public string Name => name;

    public ProjectionState State { get; internal set; } = ProjectionState.Running;

    public StorePosition? Position { get; internal set; }

    public string? Error { get; internal set; }

    /// <summary>At which it has stopped.</summary>
    public PoisonEvent? ErrorEvent { get; internal set; }

    /// <summary>Whether this process runs it, or would if it had not stopped.</summary>
    public bool IsLed => State != ProjectionState.Standby;

    /// <summary>Events applied since its tables were made.</summary>
    public long Facts { get; private set; }

    internal void Begin(Checkpoint checkpoint) =>
        (State, Position, Facts, Error, ErrorEvent) = (ProjectionState.Running, checkpoint.Position, checkpoint.Applied, null, null);

    internal void Applied(StorePosition to, int facts, TimeSpan took)
    {
        Position = to;
        Facts += facts;
        State = ProjectionState.Running;
        if (facts > 0) ProjectionMetrics.Applied(name, facts, took);
    }
}
