namespace EventEngine.Application.Pipeline;

/// <summary>What can be asked of a projection.</summary>
public enum RebuildKind
{
    /// <summary>Build beside, verify, swap in.</summary>
    Rebuild,

    /// <summary>Build beside, compare, drop.</summary>
    Verify,

    /// <summary>Let the tables from before the last swap catch up, and swap them in again.</summary>
    Rollback,

    /// <summary>Asked by a program whose form of the tables is newer: build beside, swap in.</summary>
    Upgrade,

    /// <summary>Build beside without passing over what was parked, and swap in: nothing to compare with, since the live tables lack it.</summary>
    Unpark,

    /// <summary>Drop a build that was left for inspection.</summary>
    Discard,
}
