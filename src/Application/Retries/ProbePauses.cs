using EventEngine.Domain.Retries;

namespace EventEngine.Application.Retries;

/// <summary>When to try an app again that can't be reached: after 1 s, then after twice as long each time, up to 60 s.</summary>
internal sealed class ProbePauses(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(60);

    private TimeSpan _next = First;
    private DateTimeOffset _due;

    public bool IsDue => time.GetUtcNow() >= _due;

    public TimeSpan Pause => IsDue ? TimeSpan.FromMilliseconds(20) : _due - time.GetUtcNow();

    public void Note(IReadOnlyList<RetryAnswer> answers)
    {
        if (answers.Any(answer => answer.Outcome is RetryOutcome.Accepted or RetryOutcome.Refused or RetryOutcome.Unconfirmed)) _next = First;
        if (!IsDue || answers.All(answer => answer.Outcome != RetryOutcome.Unreachable)) return;
        _due = time.GetUtcNow() + _next;
        _next = _next * 2 < Longest ? _next * 2 : Longest;
    }
}
