using EventEngine.Domain.Retries;

namespace EventEngine.Projections.Retries;

/// <summary>The states of items, as their rows and the counts are called.</summary>
internal static class RetryStates
{
    public const string Requested = "requested", Sending = "sending", Unconfirmed = "unconfirmed", Published = "published", DeadLettered = "dead_lettered";

    public static readonly string[] All =
        [Requested, Sending, "accepted", "refused", Unconfirmed, "unreachable", "cancelled", Published, DeadLettered];

    public static string Of(RetryOutcome outcome) => outcome switch
    {
        RetryOutcome.Accepted => "accepted",
        RetryOutcome.Refused => "refused",
        RetryOutcome.Unconfirmed => Unconfirmed,
        RetryOutcome.Unreachable or RetryOutcome.Blocked or RetryOutcome.Unsent => Requested,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
