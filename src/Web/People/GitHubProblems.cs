namespace EventEngine.Web.People;

/// <summary>Why GitHub did not lead in, as the sign-in page's address names it and as it says it.</summary>
public static class GitHubProblems
{
    public const string Failed = "github", SignInFirst = "github-sign-in-first", Taken = "github-taken";

    /// <returns>Null for what is no such problem.</returns>
    public static string? Explain(string? problem) => problem switch
    {
        Failed => "GitHub did not sign you in. It has to know a verified primary address of yours. Please try again.",
        SignInFirst => "There is an account with your GitHub address that nobody has confirmed. Sign in with its password, then link GitHub in your account.",
        Taken => "This GitHub account is linked to another account here.",
        _ => null,
    };
}
