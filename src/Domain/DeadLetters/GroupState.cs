namespace EventEngine.Domain.DeadLetters;

/// <summary>How a group of dead letters stands.</summary>
public enum GroupState
{
    /// <summary>First died less than a day ago, and nobody decided anything.</summary>
    New,
    Ongoing,

    /// <summary>Nothing died since somebody said that it is resolved.</summary>
    Resolved,

    /// <summary>Something died after that.</summary>
    Regressed,
    Ignored,
}

public enum GroupDecision
{
    Resolved,
    Ignored,
    Reopened,
}

/// <summary>What was decided of a group last.</summary>
/// <param name="Until">See <see cref="ErrorGroupIgnored"/>.</param>
public sealed record DecidedGroup(GroupDecision Decision, DateTimeOffset At, Guid? By, DateTimeOffset? Until, int? More);

public static class GroupStates
{
    private static readonly TimeSpan Newness = TimeSpan.FromHours(24);

    /// <param name="decided">Null: nothing was.</param>
    /// <param name="diedSince">How many events died after the decision.</param>
    public static GroupState Of(DecidedGroup? decided, DateTimeOffset firstAt, DateTimeOffset lastAt, long diedSince, DateTimeOffset now) => decided switch
    {
        null => now - firstAt < Newness ? GroupState.New : GroupState.Ongoing,
        { Decision: GroupDecision.Resolved } => lastAt > decided.At ? GroupState.Regressed : GroupState.Resolved,
        { Decision: GroupDecision.Ignored } when decided.Until <= now || diedSince >= decided.More => GroupState.Ongoing,
        { Decision: GroupDecision.Ignored } => GroupState.Ignored,
        _ => GroupState.Ongoing,
    };
}
