using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;

namespace EventEngine.Domain.Shared;

/// <summary>Names of streams: the category stands before the first dash, the tenant after it.</summary>
public static class StreamName
{
    public const string EntriesCategory = "entries";
    public const string HeartbeatsCategory = "heartbeats";
    public const string StatsCategory = "stats";
    public const string SchemasCategory = "schemas";
    public const string AppCategory = "app";
    public const string PayloadsCategory = "payloads";
    public const string DeadLettersCategory = "deadletters";
    public const string DeploysCategory = "deploys";
    public const string UsageCategory = "usage";
    public const string OrganizationCategory = "organization";
    public const string SlugCategory = "slug";
    public const string RetriesCategory = "retries";
    public const string RetryCategory = "retry";

    /// <summary>Entries are kept by day of receipt (UTC), so that retention is the deletion of a stream.</summary>
    public static string Entries(AppId app, DateOnly receivedOn) => $"{EntriesCategory}-{app}_{receivedOn:yyyyMMdd}";

    public static string Heartbeats(AppId app) => $"{HeartbeatsCategory}-{app}";

    /// <summary>What outlives an app's entries: the closed books of its days.</summary>
    public static string Stats(AppId app) => $"{StatsCategory}-{app}";

    public static string Schemas(AppId app) => $"{SchemasCategory}-{app}";

    /// <summary>Who looked at payloads of an app. Beside its own stream, which every command reads from its beginning.</summary>
    public static string Payloads(AppId app) => $"{PayloadsCategory}-{app}";
    /// <summary>What was decided of its groups of dead letters.</summary>
    public static string DeadLetters(AppId app) => $"{DeadLettersCategory}-{app}";

    public static string Deploys(AppId app) => $"{DeploysCategory}-{app}";

    public static string App(AppId app) => $"{AppCategory}-{app}";

    /// <summary>What people decided about an app's retries.</summary>
    public static string Retries(AppId app) => $"{RetriesCategory}-{app}";

    /// <summary>What became of one retry.</summary>
    public static string Retry(AppId app, Guid retry) => $"{RetryCategory}-{app}_{retry:N}";

    public static string Organization(OrganizationId organization) => $"{OrganizationCategory}-{organization}";

    /// <summary>The one stream that is named by no id: it exists so that a name can be taken only once.</summary>
    public static string Slug(string slug) => $"{SlugCategory}-{slug}";

    /// <summary>What was told and billed of an organization's month.</summary>
    public static string Usage(OrganizationId organization, Month month) => $"{UsageCategory}-{organization}_{month.FirstDay:yyyyMM}";

    /// <summary>Everything before the first dash.</summary>
    public static ReadOnlySpan<char> CategoryOf(ReadOnlySpan<char> stream) =>
        stream.IndexOf('-') is >= 0 and var dash ? stream[..dash] : stream;

    /// <summary>The 128-bit id that follows the first dash.</summary>
    /// <exception cref="FormatException">The name carries no id.</exception>
    public static Guid IdOf(ReadOnlySpan<char> stream) => Guid.ParseExact(stream.Slice(stream.IndexOf('-') + 1, 32), "N");

    /// <summary>The id of the retry in the name of its stream.</summary>
    /// <exception cref="FormatException">The name carries none.</exception>
    public static Guid RetryOf(ReadOnlySpan<char> stream) => Guid.ParseExact(stream[(stream.IndexOf('_') + 1)..], "N");

    /// <summary>The day in the name of an entries stream.</summary>
    /// <exception cref="FormatException">The name carries no day.</exception>
    public static DateOnly DayOf(ReadOnlySpan<char> stream) =>
        DateOnly.ParseExact(stream[(stream.IndexOf('_') + 1)..], "yyyyMMdd", null);
}
