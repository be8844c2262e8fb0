using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Retries;

// Storage format, version with care. What people decided about an app's retries stands in one stream of the app; what then became of a
// retry's items stands in a stream of its own. Items are numbered from 0, and named by event id only where they are listed.

/// <summary>Somebody asked an app to try dead letters again. Its items are listed already.</summary>
/// <param name="Selection">Which way they were chosen.</param>
/// <param name="Described">The choice in words.</param>
/// <param name="PersonId">Who asked; with <paramref name="TokenId"/> null as well: the operator.</param>
[FactType("RetryRequested.v1")]
public sealed record RetryRequested(
    DateTimeOffset At, Guid RetryId, string Name, RetrySelectionKind Selection, string? Described, int Items, Guid? PersonId, Guid? TokenId) : IFact;

[FactType("RetryContinued.v1")]
public sealed record RetryContinued(DateTimeOffset At, Guid RetryId) : IFact;

[FactType("RetryCancelled.v1")]
public sealed record RetryCancelled(DateTimeOffset At, Guid RetryId) : IFact;

/// <summary>Some of the items, in the order in which they are sent.</summary>
/// <param name="First">Number of the first of them; 0 begins the list, also when there was another before.</param>
/// <param name="NameOf">Per item, which of <paramref name="EventNames"/> is its event's.</param>
[FactType("RetryItemsListed.v1")]
public sealed record RetryItemsListed(
    DateTimeOffset At, int First, IReadOnlyList<string> EventIds, IReadOnlyList<string> EventNames, IReadOnlyList<int> NameOf) : IFact;

/// <summary>A runner begins, or takes over. Whatever another left between sending and answer is unconfirmed for good.</summary>
[FactType("RetryTaken.v1")]
public sealed record RetryTaken(DateTimeOffset At, Guid Run) : IFact;

/// <summary>These are about to be sent, each once: written before any request goes out.</summary>
[FactType("RetrySending.v1")]
public sealed record RetrySending(DateTimeOffset At, IReadOnlyList<int> Items) : IFact;

[FactType("RetryAnswered.v1")]
public sealed record RetryAnswered(DateTimeOffset At, IReadOnlyList<RetryAnswer> Answers) : IFact;

/// <summary>Nothing more is sent until somebody continues.</summary>
[FactType("RetryPaused.v1")]
public sealed record RetryPaused(DateTimeOffset At, string Reason) : IFact;

[FactType("RetryResumed.v1")]
public sealed record RetryResumed(DateTimeOffset At) : IFact;

/// <summary>The app can't be reached: one item at a time tries, ever more seldom.</summary>
[FactType("RetryWentOffline.v1")]
public sealed record RetryWentOffline(DateTimeOffset At, string Reason) : IFact;

[FactType("RetryCameBack.v1")]
public sealed record RetryCameBack(DateTimeOffset At) : IFact;

/// <summary>Nothing more is sent for good; what is under way may still be answered.</summary>
[FactType("RetryStopped.v1")]
public sealed record RetryStopped(DateTimeOffset At, RetryStopCause Cause) : IFact;

/// <summary>Every item has its answer, or will never be sent.</summary>
[FactType("RetryFinished.v1")]
public sealed record RetryFinished(DateTimeOffset At) : IFact;

/// <summary>What the app's reporter said of items after they were sent.</summary>
[FactType("RetryConfirmed.v1")]
public sealed record RetryConfirmed(DateTimeOffset At, IReadOnlyList<int> Published, IReadOnlyList<int> DeadLettered) : IFact;

/// <param name="StatusCode">Of the app's answer; null without one.</param>
/// <param name="Reason">Null when the app agreed.</param>
public sealed record RetryAnswer(int Item, RetryOutcome Outcome, int? StatusCode = null, string? Reason = null);

public enum RetrySelectionKind
{
    Events,
    Group,
    Filter,

    /// <summary>What an earlier retry could not bring about.</summary>
    Failed,
}

public enum RetryOutcome
{
    /// <summary>The app will try again; whether it succeeds is reported later.</summary>
    Accepted,

    /// <summary>The app answered that it will not.</summary>
    Refused,

    /// <summary>It may have arrived, and nobody can say what became of it: never sent again by itself.</summary>
    Unconfirmed,

    /// <summary>No connection came about: surely not sent.</summary>
    Unreachable,

    /// <summary>We can't call this app as it is set up: surely not sent.</summary>
    Blocked,

    /// <summary>Taken back before it was sent.</summary>
    Unsent,
}

public enum RetryStopCause
{
    Cancelled,
    Unreachable,
}
