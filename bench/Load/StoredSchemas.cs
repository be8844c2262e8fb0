using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Schemas;
using Npgsql;

namespace EventEngine.Bench.Load;

/// <summary>What the catalog reads of the stored entries: who emitted which version when, and three versions of each event as every app defines it, one change of them breaking.</summary>
public sealed class StoredSchemas(NpgsqlDataSource db)
{
    private const string Emitted = """
        insert into views.emitted_versions (app_id, event_name, event_version, received_on, first_at, last_at)
        select app_id, event_name, event_version, received_on, min(at), max(at) from views.event_entries group by 1, 2, 3, 4 on conflict do nothing
        """;

    private const string Defined = """
        insert into views.schema_definitions (app_id, event_name, event_version, reported_at, digest, fingerprint, reported_fingerprint, source, definition)
        select app, event_name, event_version, now() - interval '7 days' + event_version * interval '1 day', digest, fingerprint, fingerprint, 'Heartbeat', definition
        from unnest(@apps) as app, unnest(@names, @versions, @digests, @fingerprints, @definitions) as d (event_name, event_version, digest, fingerprint, definition)
        """;

    public async Task FillAsync(Guid[] apps)
    {
        var definitions = Enumerable.Range(0, 40).SelectMany(name => Enumerable.Range(1, 3).Select(version => Definition($"event.{name:00}", version))).ToArray();
        await using var batch = db.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Emitted));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Defined)
        {
            Parameters =
            {
                new("apps", apps),
                new("names", Array.ConvertAll(definitions, each => each.EventName)),
                new("versions", Array.ConvertAll(definitions, each => each.EventVersion)),
                new("digests", Array.ConvertAll(definitions, each => each.Digest())),
                new("fingerprints", Array.ConvertAll(definitions, each => each.Fingerprint())),
                new("definitions", Array.ConvertAll(definitions, each => JsonSerializer.Serialize(each, FactJsonContext.Default.SchemaDefinition))),
            },
        });
        await batch.ExecuteNonQueryAsync();
    }

    private static SchemaDefinition Definition(string name, int version) => new(
        name, version, "domain", "durable", "order", "sales", ["order"], [],
        [.. Enumerable.Range(0, 10 + version).Select(field => new PayloadField($"field_{field}", "order", $"attribute_{field}", Required: field + version > 3))]);
}
