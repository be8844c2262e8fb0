namespace EventEngine.Domain.Entries;

/// <summary>The three transitions a reporter knows; on the wire, in SQL and on pages <c>emitted</c>, <c>published</c>, <c>dead_lettered</c>.</summary>
public enum EntryStatus
{
    Emitted = 0,
    Published = 1,
    DeadLettered = 2,
}
