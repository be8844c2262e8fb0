using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;

namespace EventEngine.Domain.Shared;

/// <summary>Names of streams: the category stands before the first dash, the tenant after it.</summary>
public static class StreamName
{
    public const string EntriesCategory = "entries";
    public const string HeartbeatsCategory = "heartbeats";
    public const string SchemasCategory = "schemas";
    public const string AppCategory = "app";
    public const string OrganizationCategory = "organization";

    /// <summary>Entries are kept by day of receipt (UTC), so that retention is the deletion of a stream.</summary>
    public static string Entries(AppId app, DateOnly receivedOn) => $"{EntriesCategory}-{app}_{receivedOn:yyyyMMdd}";

    public static string Heartbeats(AppId app) => $"{HeartbeatsCategory}-{app}";

    public static string Schemas(AppId app) => $"{SchemasCategory}-{app}";

    public static string App(AppId app) => $"{AppCategory}-{app}";

    public static string Organization(OrganizationId organization) => $"{OrganizationCategory}-{organization}";

    /// <summary>Everything before the first dash.</summary>
    public static ReadOnlySpan<char> CategoryOf(ReadOnlySpan<char> stream) =>
        stream.IndexOf('-') is >= 0 and var dash ? stream[..dash] : stream;

    /// <summary>The 128-bit id that follows the first dash.</summary>
    /// <exception cref="FormatException">The name carries no id.</exception>
    public static Guid IdOf(ReadOnlySpan<char> stream) => Guid.ParseExact(stream.Slice(stream.IndexOf('-') + 1, 32), "N");

    /// <summary>The day in the name of an entries stream.</summary>
    /// <exception cref="FormatException">The name carries no day.</exception>
    public static DateOnly DayOf(ReadOnlySpan<char> stream) =>
        DateOnly.ParseExact(stream[(stream.IndexOf('_') + 1)..], "yyyyMMdd", null);
}
