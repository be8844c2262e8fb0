namespace EventEngine.Domain.Schemas;

/// <summary>Which promise a new version of an event is held to. What each means is defined by <see cref="Compatibility"/>.</summary>
public enum CompatibilityMode
{
    /// <summary>Nothing is promised, nothing is checked.</summary>
    None,

    /// <summary>Consumers that know the new version can read events of the version before: for those who replay history.</summary>
    Backward,

    /// <summary>Consumers that know the version before can read new events: nobody has to be deployed before the producer.</summary>
    Forward,

    /// <summary>Both.</summary>
    Full,

    /// <summary>As <see cref="Backward"/>, for all versions before.</summary>
    BackwardTransitive,

    /// <summary>As <see cref="Forward"/>, for all versions before.</summary>
    ForwardTransitive,

    /// <summary>As <see cref="Full"/>, for all versions before.</summary>
    FullTransitive,
}

public static class CompatibilityModes
{
    /// <summary>Producers are deployed first, as a rule: whoever reads their events today must be able to read those of tomorrow.</summary>
    public const CompatibilityMode Default = CompatibilityMode.Forward;

    public static bool Checks(this CompatibilityMode mode, CompatibilityDirection direction) => mode switch
    {
        CompatibilityMode.None => false,
        CompatibilityMode.Full or CompatibilityMode.FullTransitive => true,
        CompatibilityMode.Backward or CompatibilityMode.BackwardTransitive => direction == CompatibilityDirection.Backward,
        _ => direction == CompatibilityDirection.Forward,
    };

    public static bool IsTransitive(this CompatibilityMode mode) => mode >= CompatibilityMode.BackwardTransitive;
}

public enum CompatibilityDirection
{
    /// <summary>The new version reads older events.</summary>
    Backward,

    /// <summary>The older version reads new events.</summary>
    Forward,
}
