namespace EventEngine.Application.Shared;

/// <summary>The projections that queries read, by the names of their checkpoints.</summary>
public static class ProjectionNames
{
    public const string Apps = "apps";
    public const string DeadLetters = "dead_letters";
    public const string Deploys = "deploys";
    public const string Entries = "entries";
    public const string Heartbeats = "heartbeats";
    public const string Organizations = "organizations";
    public const string Retries = "retries";
    public const string Schemas = "schemas";

    public static IReadOnlyList<string> All { get; } = [Apps, DeadLetters, Deploys, Entries, Heartbeats, Organizations, Retries, Schemas];
}
