using EventEngine.Application.EventStore;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Tests.Shared;

/// <summary>Counts the events of each stream's subject. What is built beside it can be made to wait, and its version can change its form.</summary>
internal sealed class CountingProjection(int version = 1, SemaphoreSlim? turns = null, string indexes = "") : IProjection
{
    private readonly string _column = version == 1 ? "events" : $"events_v{version}";

    public string Name => "counting";

    public int Version => version;

    public EventFilter Wanted { get; } = new(["entries-"]);

    public ProjectionTables Tables => ProjectionTables.Of($"create table counted (\n    subject uuid primary key,\n    {_column} bigint not null\n);", indexes);

    /// <summary>Whether this one was made for a build.</summary>
    private SemaphoreSlim? Turns { get; init; }

    public IProjection Another() => new CountingProjection(version, turns, indexes) { Turns = turns };

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        if (Turns is not null) await Turns.WaitAsync(TimeSpan.FromSeconds(30), ct);
        foreach (var group in facts.GroupBy(fact => fact.Subject))
        {
            await using var command = new NpgsqlCommand($"insert into counted as t values ($1, $2) on conflict (subject) do update set {_column} = t.{_column} + excluded.{_column}", db)
            {
                Parameters = { new() { Value = group.Key }, new() { Value = (long)group.Count() } },
            };
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    public void Forget()
    {
    }
}
