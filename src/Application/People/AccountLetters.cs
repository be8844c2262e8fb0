using EventEngine.Application.Mail;

namespace EventEngine.Application.People;

/// <summary>What we write to people about their accounts.</summary>
public static class AccountLetters
{
    private const string NotYou = "If this was not you, there is nothing to do: without this link nothing happens.";

    public static LetterContent Verify(string link) =>
        new("Confirm your email address", "Welcome to EventEngine", "Confirm that this address is yours. With it you can sign in again, and get a new password when you need one.")
        {
            Link = new LetterLink("Confirm this address", link),
            Footnote = "The link works for 24 hours. " + NotYou,
        };

    public static LetterContent AlreadyHere(string origin) =>
        new("You already have an account", "You already have an account",
            "Somebody, probably you, has just signed up with this address, and you have an account with it already. Sign in with it instead.",
            $"Forgot the password? Choose a new one at {origin}/forgotten-password")
        {
            Link = new LetterLink("Sign in", origin + "/sign-in"),
            Footnote = "If this was not you, there is nothing to do: nobody got into your account.",
        };

    public static LetterContent Reset(string link) =>
        new("Choose a new password", "Choose a new password", "Somebody, probably you, asked for a new password. Choosing one signs you out everywhere else.")
        {
            Link = new LetterLink("Choose a new password", link),
            Footnote = "The link works once, within 24 hours. " + NotYou,
        };

    public static LetterContent NobodyHere(string origin) =>
        new("No account with this address", "There is no account with this address",
            "Somebody, probably you, asked for a new password for this address, but there is no account with it. Perhaps you used another one?")
        {
            Link = new LetterLink("Sign up", origin + "/sign-up"),
            Footnote = "If this was not you, there is nothing to do.",
        };

    public static LetterContent PasswordChanged(string origin) =>
        new("Your password was changed", "Your password was changed", "All other sessions were signed out.", $"If this was not you, choose a new one at once: {origin}/forgotten-password");

    public static LetterContent ChangeEmail(string link) =>
        new("Confirm your new email address", "Confirm your new address", "From then on you sign in with it, and our letters go there.")
        {
            Link = new LetterLink("Use this address", link),
            Footnote = "The link works for 24 hours. " + NotYou,
        };

    public static LetterContent EmailChanged(string origin) =>
        new("Your email address was changed", "Your email address was changed",
            "You now sign in with another address; this is the last letter to this one.", $"If this was not you, write to us: {origin}");
}
