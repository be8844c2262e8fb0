using System.Text.RegularExpressions;

namespace EventEngine.Architecture.Tests;

/// <summary>Who owns which table, and who speaks of it.</summary>
internal static partial class Tables
{
    /// <summary>Those that no read model's own SQL file creates: they have an owner by agreement.</summary>
    private static readonly Dictionary<string, string> ByAgreement = new(StringComparer.Ordinal)
    {
        ["views.checkpoints"] = "Pipeline",
        ["views.gate"] = "Pipeline",
        ["app.builds"] = "Pipeline",
        ["app.rebuilds"] = "Pipeline",
        ["app.parked_events"] = "Pipeline",
        ["app.people"] = "People",
        ["app.person_logins"] = "People",
        ["app.sessions"] = "People",
        ["app.signing_keys"] = "People",
        ["app.access_tokens"] = "AccessTokens",
        ["app.invitations"] = "Organizations",
        ["app.mails"] = "Mail",
        ["app.api_keys"] = "Apps",
        ["app.refused_requests"] = "Ingestion",
        ["app.retry_leases"] = "Retries",
        ["store.head"] = "EventStore",
        ["store.streams"] = "EventStore",
        ["store.chunks"] = "EventStore",
    };

    /// <summary>Qualified names; a read model belongs to the feature whose folder creates it.</summary>
    public static IReadOnlyDictionary<string, string> Owners { get; } = new Dictionary<string, string>(
        from file in Sources.Sql
        where file.Layer == "Projections"
        from Match created in Created().Matches(file.Text)
        select KeyValuePair.Create($"views.{created.Groups["table"].Value}", file.Feature), StringComparer.Ordinal)
        .Concat(ByAgreement).ToDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> CreatedByMigrations =>
        from file in Sources.Sql
        where file.Layer == "Infrastructure"
        from Match created in Created().Matches(file.Text)
        select created.Groups["table"].Value;

    /// <summary>Tables that a file's SQL names; in projections the schema is left out, since it is that of the build.</summary>
    public static IEnumerable<string> NamedIn(SourceFile file) =>
        from Match used in Used().Matches(file.Text)
        let schema = used.Groups["schema"].Value
        let name = $"{(schema.Length == 0 ? "views" : schema)}.{used.Groups["table"].Value}"
        where Owners.ContainsKey(name) && (schema.Length > 0 || file.Layer == "Projections")
        select name;

    [GeneratedRegex(@"create table (if not exists )?(?<table>[a-z_.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Created();

    [GeneratedRegex(
        @"\b(from|join|into|update|copy|truncate|table|using|only)\s+((?<schema>views|app|store)\.|\{\w+\}\.)?(?<table>[a-z_]+)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Used();
}
