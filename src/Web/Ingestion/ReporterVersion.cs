namespace EventEngine.Web.Ingestion;

/// <summary>The version that a reporter states of itself, as far as it can be stored and shown.</summary>
internal static class ReporterVersion
{
    private const string Header = "X-EventEngine-Gem-Version";
    private const int MaxLength = 50;

    public static string? Of(IHeaderDictionary headers)
    {
        var version = headers[Header].ToString();
        if (version.AsSpan().ContainsAnyExceptInRange(' ', '~')) version = string.Concat(version.Where(c => c is >= ' ' and <= '~'));
        return version.Length switch { 0 => null, > MaxLength => version[..MaxLength], _ => version };
    }
}
