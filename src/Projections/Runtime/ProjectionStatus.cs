using EventEngine.Application.EventStore;

namespace EventEngine.Projections.Runtime;

public enum ProjectionState
{
    Running,

    /// <summary>The database can't be written now; it goes on by itself.</summary>
    Waiting,

    /// <summary>At a fact that can't be applied.</summary>
    Stopped,

    /// <summary>Another worker leads.</summary>
    Superseded,
}

/// <summary>What a running projection says of itself, in this process.</summary>
public sealed class ProjectionStatus(string name)
{
    public string Name => name;

    public ProjectionState State { get; internal set; } = ProjectionState.Running;

    public StorePosition? Position { get; internal set; }

    public string? Error { get; internal set; }

    public StorePosition? ErrorPosition { get; internal set; }

    internal void Applied(StorePosition to, int facts, TimeSpan took)
    {
        Position = to;
        State = ProjectionState.Running;
        if (facts > 0) ProjectionMetrics.Applied(name, facts, took);
    }
}
