using EventEngine.Application.People;
using EventEngine.Application.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.People;

/// <summary>Whether people may sign in with GitHub.</summary>
public sealed class GitHubSettings(IOptions<EventEngineOptions> options)
{
    public bool IsConfigured => IsComplete(options.Value.GitHub);

    /// <summary>Where the forms that lead to GitHub end: the browser has to allow it.</summary>
    public string FormTarget => IsConfigured ? " " + new Uri(options.Value.GitHub.Address).GetLeftPart(UriPartial.Authority) : "";

    public static bool IsComplete(GitHubOptions github) => github is { ClientId.Length: > 0, ClientSecret.Length: > 0 };
}
