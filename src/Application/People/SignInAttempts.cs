namespace EventEngine.Application.People;

/// <summary>
/// Makes guessers wait, whether or not the account exists. From one origin: from the fifth failure on each doubles the wait, from 5 s to
/// 5 min. From all origins together: from the 50th on, up to a minute; a browser in which the person has signed in before is spared that,
/// so that strangers can't keep her out.
/// </summary>
public sealed class SignInAttempts(TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private readonly FailureCounts _byOrigin = new(time, free: 5, FirstWait, longest: TimeSpan.FromMinutes(5));
    private readonly FailureCounts _byAccount = new(time, free: 50, FirstWait, longest: TimeSpan.FromMinutes(1));

    /// <summary>How long this account has to wait before its next attempt; null: not at all.</summary>
    public TimeSpan? WaitFor(string email, string origin, bool isKnownHere = false) =>
        _byOrigin.WaitFor(From(email, origin)) ?? (isKnownHere ? null : _byAccount.WaitFor(Person.Normalize(email)));

    public void Failed(string email, string origin)
    {
        _byOrigin.Failed(From(email, origin));
        _byAccount.Failed(Person.Normalize(email));
    }

    public void Succeeded(string email, string origin) => _byOrigin.Forget(From(email, origin));

    private static string From(string email, string origin) => $"{Person.Normalize(email)} {origin}";
}
