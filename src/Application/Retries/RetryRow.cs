using EventEngine.Domain.Retries;

namespace EventEngine.Application.Retries;

public enum RetryState
{
    Requested,
    Running,

    /// <summary>Waits for a person.</summary>
    Paused,

    /// <summary>Waits for the app.</summary>
    Offline,

    /// <summary>Sends nothing more; what is under way is waited for.</summary>
    Stopping,
    Finished,
}

/// <summary>What became of one item.</summary>
public enum RetryItemState
{
    Requested,
    Sending,

    /// <summary>The app agreed; its report is waited for.</summary>
    Accepted,
    Refused,

    /// <summary>Nobody knows whether it arrived; it is never sent again by itself.</summary>
    Unconfirmed,

    /// <summary>Given up without being sent.</summary>
    Unreachable,

    /// <summary>Not sent.</summary>
    Cancelled,

    /// <summary>Reported since.</summary>
    Published,

    /// <summary>Reported since.</summary>
    DeadLettered,
}

/// <param name="Who">Asked for it.</param>
/// <param name="Reason">Why it is paused or offline.</param>
/// <param name="Stopped">Null: it was not, or came to its end.</param>
public sealed record RetryRow(
    Guid RetryId,
    string Name,
    RetrySelectionKind Selection,
    string? Described,
    string Who,
    DateTimeOffset RequestedAt,
    RetryState State,
    string? Reason,
    RetryStopCause? Stopped,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    RetryCounts Counts);

/// <summary>Items by their state; together they are <see cref="Items"/>.</summary>
public sealed record RetryCounts(
    int Items, int Requested, int Sending, int Accepted, int Refused, int Unconfirmed, int Unreachable, int Cancelled, int Published, int DeadLettered)
{
    /// <summary>Neither published nor still on the way there.</summary>
    public int Failed => Refused + Unconfirmed + Unreachable + Cancelled + DeadLettered;

    public int Of(RetryItemState state) => state switch
    {
        RetryItemState.Requested => Requested,
        RetryItemState.Sending => Sending,
        RetryItemState.Accepted => Accepted,
        RetryItemState.Refused => Refused,
        RetryItemState.Unconfirmed => Unconfirmed,
        RetryItemState.Unreachable => Unreachable,
        RetryItemState.Cancelled => Cancelled,
        RetryItemState.Published => Published,
        RetryItemState.DeadLettered => DeadLettered,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
