namespace EventEngine.Web.Shared;

/// <summary>Where to go after a form: an address of ours, whatever the request says.</summary>
public static class LocalAddress
{
    public const string Home = "/dashboard";

    /// <summary>The address itself when it begins with exactly one slash and holds nothing that a browser would read as another host.</summary>
    public static string Of(string? address, string otherwise = Home) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(character => char.IsControl(character) || character == '\\') ? address : otherwise;
}
