using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Retries;

public sealed partial record RetryJob
{
    /// <summary>A runner begins, or takes over from one that is gone.</summary>
    public IReadOnlyCollection<IFact> Take(Guid run, DateTimeOffset at)
    {
        if (IsFinished) return [];
        var taken = new RetryTaken(at, run);
        return [taken, .. Evolve(this, taken).Consequences([], TimeSpan.MaxValue, at)];
    }

    /// <summary>
    /// Everything that follows at one moment, to be written at once: what was answered, what that means for the whole, and what is sent next.
    /// Nothing may be sent that was not written before.
    /// </summary>
    /// <param name="answers">Those to items that are no longer under way are dropped: they have their state.</param>
    /// <param name="room">How many may be under way at a time.</param>
    /// <param name="patience">How long an app may be unreachable.</param>
    /// <returns>Nothing, for a runner that was superseded.</returns>
    public IReadOnlyCollection<IFact> Step(Guid run, IReadOnlyCollection<RetryAnswer> answers, int room, TimeSpan patience, DateTimeOffset at)
    {
        if (run != Run || IsFinished) return [];
        var facts = new List<IFact>();
        var known = answers.Where(answer => Sending.Contains(answer.Item)).DistinctBy(answer => answer.Item).ToList();
        if (known.Count > 0) facts.Add(new RetryAnswered(at, known));
        var state = facts.Aggregate(this, Evolve);
        facts.AddRange(state.Consequences(known, patience, at));
        if (facts.Aggregate(this, Evolve).Claim(room, at) is { } claimed) facts.Add(claimed);
        return facts;
    }

    /// <summary>Nothing more is sent.</summary>
    public IReadOnlyCollection<IFact> Stop(RetryStopCause cause, DateTimeOffset at) => Stopped is not null || IsFinished ? [] : [new RetryStopped(at, cause)];

    private IEnumerable<IFact> Consequences(IReadOnlyCollection<RetryAnswer> answers, TimeSpan patience, DateTimeOffset at)
    {
        var (reached, away) = (answers.FirstOrDefault(IsAnswer), answers.FirstOrDefault(answer => answer.Outcome == RetryOutcome.Unreachable));
        if (OfflineSince is null && away is not null) yield return new RetryWentOffline(at, away.Reason ?? "The app can't be reached.");
        if (OfflineSince is not null && reached is not null) yield return new RetryCameBack(at);
        var givesUp = OfflineSince is { } since && reached is null && at - since >= patience && Stopped is null && Remaining > 0;
        if (givesUp) yield return new RetryStopped(at, RetryStopCause.Unreachable);
        if (Sending.IsEmpty && (Stopped is not null || givesUp || Remaining == 0)) yield return new RetryFinished(at);
        else if (!givesUp && MaySend && WhyPause(answers) is { } reason) yield return new RetryPaused(at, reason);
    }

    private string? WhyPause(IReadOnlyCollection<RetryAnswer> answers)
    {
        if (answers.FirstOrDefault(ConcernsAll) is { } answer) return answer.Reason ?? "The app can't be called.";
        var isTrialOver = !IsTrialWaived && answers.Count > 0 && Answered >= TrialItems && Answered - answers.Count(IsAnswer) < TrialItems;
        if (isTrialOver && Failed * 2 > Answered) return $"{Failed} of the first {Answered} were not accepted.";
        return FailedInARow >= TooManyInARow ? $"The last {FailedInARow} were not accepted." : null;
    }

    private RetrySending? Claim(int room, DateTimeOffset at)
    {
        if (!MaySend) return null;
        if (IsInTrial) room = Math.Min(room, TrialItems - Answered);
        if (OfflineSince is not null) room = Math.Min(room, 1);
        var items = Returned.Concat(Enumerable.Range(Next, Count - Next)).Take(Math.Max(room - Sending.Count, 0)).ToList();
        return items.Count > 0 ? new RetrySending(at, items) : null;
    }

    private static bool IsAnswer(RetryAnswer answer) => answer.Outcome is RetryOutcome.Accepted or RetryOutcome.Refused or RetryOutcome.Unconfirmed;

    /// <summary>What would meet every other item as well.</summary>
    private static bool ConcernsAll(RetryAnswer answer) => answer.Outcome == RetryOutcome.Blocked || answer is { Outcome: RetryOutcome.Refused, StatusCode: 401 or 403 };
}
