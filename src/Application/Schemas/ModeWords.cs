using EventEngine.Domain.Schemas;

namespace EventEngine.Application.Schemas;

/// <summary>Modes as people and programs name them.</summary>
public static class ModeWords
{
    public static string Of(CompatibilityMode mode) => mode switch
    {
        CompatibilityMode.BackwardTransitive => "backward, all versions",
        CompatibilityMode.ForwardTransitive => "forward, all versions",
        CompatibilityMode.FullTransitive => "full, all versions",
        _ => mode.ToString().ToLowerInvariant(),
    };

    /// <summary>What the mode promises, and to whom.</summary>
    public static string Meaning(CompatibilityMode mode) => mode switch
    {
        CompatibilityMode.None => "nothing is checked",
        CompatibilityMode.Backward => "consumers of the new version can read events of the version before",
        CompatibilityMode.Forward => "consumers of the version before can read new events",
        CompatibilityMode.Full => "consumers of either version can read events of the other",
        CompatibilityMode.BackwardTransitive => "consumers of the new version can read events of every version before",
        CompatibilityMode.ForwardTransitive => "consumers of every version before can read new events",
        _ => "consumers of any version can read events of any other",
    };
}
