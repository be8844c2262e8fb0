using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Retries;

/// <summary>One retry, as far as deciding what to send next needs to know it. What became of each item is the read model's.</summary>
public sealed partial record RetryJob
{
    /// <summary>Tried before the rest is.</summary>
    public const int TrialItems = 10;

    /// <summary>So many failures without one success between them are no accident.</summary>
    public const int TooManyInARow = 20;

    public static RetryJob Initial { get; } = new();

    public int Count { get; private init; }

    /// <summary>Who alone may send. Null: nobody has begun.</summary>
    public Guid? Run { get; private init; }

    /// <summary>Items from here on were never taken.</summary>
    public int Next { get; private init; }

    /// <summary>Taken once, and surely not sent.</summary>
    public ImmutableSortedSet<int> Returned { get; private init; } = [];

    /// <summary>Between sending and answer.</summary>
    public ImmutableSortedSet<int> Sending { get; private init; } = [];

    /// <summary>Whose fate we heard from the app, or lost on the way to it.</summary>
    public int Answered { get; private init; }

    /// <summary>Of those, the ones that the app did not agree to.</summary>
    public int Failed { get; private init; }

    /// <summary>The latest answers, as far as none of them was an agreement.</summary>
    public int FailedInARow { get; private init; }

    public bool IsPaused { get; private init; }

    /// <summary>A person has seen the trial fail, and wants the rest all the same.</summary>
    public bool IsTrialWaived { get; private init; }

    public DateTimeOffset? OfflineSince { get; private init; }

    public RetryStopCause? Stopped { get; private init; }

    public bool IsFinished { get; private init; }

    /// <summary>Not sent yet.</summary>
    public int Remaining => Count - Next + Returned.Count;

    public bool IsInTrial => !IsTrialWaived && Answered < TrialItems;

    public bool MaySend => !IsPaused && Stopped is null && !IsFinished && Remaining > 0;

    public static RetryJob Evolve(RetryJob state, IFact fact) => fact switch
    {
        RetryItemsListed listed => state with { Count = listed.First + listed.EventIds.Count },
        RetryTaken taken => state with { Run = taken.Run, Sending = [] },
        RetrySending sending => state.Evolve(sending),
        RetryAnswered answered => answered.Answers.Aggregate(state, Evolve),
        RetryPaused => state with { IsPaused = true },
        RetryResumed when state.IsPaused => state with { IsPaused = false, IsTrialWaived = true, FailedInARow = 0 },
        RetryWentOffline offline => state with { OfflineSince = offline.At },
        RetryCameBack => state with { OfflineSince = null },
        RetryStopped stopped => state with { Stopped = state.Stopped ?? stopped.Cause },
        RetryFinished => state with { IsFinished = true },
        _ => state,
    };

    private RetryJob Evolve(RetrySending fact) => this with
    {
        Next = Math.Max(Next, fact.Items.Max() + 1),
        Returned = Returned.Except(fact.Items),
        Sending = Sending.Union(fact.Items),
    };

    private static RetryJob Evolve(RetryJob state, RetryAnswer answer)
    {
        var rest = state with { Sending = state.Sending.Remove(answer.Item) };
        return answer.Outcome switch
        {
            RetryOutcome.Accepted => rest with { Answered = rest.Answered + 1, FailedInARow = 0 },
            RetryOutcome.Refused or RetryOutcome.Unconfirmed => rest with
            {
                Answered = rest.Answered + 1,
                Failed = rest.Failed + 1,
                FailedInARow = rest.FailedInARow + 1,
            },
            _ => rest with { Returned = rest.Returned.Add(answer.Item) },
        };
    }
}
