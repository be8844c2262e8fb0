using EventEngine.Application.People;

namespace EventEngine.Web.Pages.Shared;

/// <summary>A browser's long name of itself, in the few words by which its person knows it.</summary>
public static class UserAgentWords
{
    private static readonly (string Mark, string Word)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Word)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(Session session)
    {
        var browser = Find(Browsers, session.UserAgent) ?? "A browser";
        var where = Find(Systems, session.UserAgent) is { } system ? $"{browser} on {system}" : browser;
        return session.Kind == SessionKind.Token ? "A program, by token" : where;
    }

    private static string? Find((string Mark, string Word)[] known, string? text) =>
        known.FirstOrDefault(pair => text?.Contains(pair.Mark, StringComparison.Ordinal) == true).Word;
}
