namespace EventEngine.Application.People;

/// <summary>Signing in with GitHub: an OAuth app registered there.</summary>
public sealed class GitHubOptions
{
    /// <summary>Empty: not offered.</summary>
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Another one than github.com for GitHub Enterprise.</summary>
    public string Address { get; set; } = "https://github.com";

    public string ApiAddress { get; set; } = "https://api.github.com";
}
