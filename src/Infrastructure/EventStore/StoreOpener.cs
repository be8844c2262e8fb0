using EventEngine.Application.Shared;
using EventEngine.Infrastructure.EventStore.Embedded;
using EventEngine.Infrastructure.EventStore.EventStoreDb;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using EventEngine.Infrastructure.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventEngine.Infrastructure.EventStore;

/// <summary>
/// Opens stores by address: <c>embedded</c> (in the database of the settings), an Npgsql connection string (in that database),
/// <c>esdb://…</c>, or <c>env:NAME</c> for an environment variable that holds one of them.
/// </summary>
public sealed class StoreOpener(IServiceProvider services)
{
    private const string Embedded = "embedded", FromEnvironment = "env:";

    /// <param name="address">Where it is.</param>
    /// <param name="create">Whether a database without a store is given one.</param>
    /// <exception cref="UnknownStoreException">It is no address of a store, or there is none.</exception>
    public async Task<OpenedStore> OpenAsync(string address, bool create, CancellationToken ct)
    {
        if (address.StartsWith(FromEnvironment, StringComparison.Ordinal)) address = Environment.GetEnvironmentVariable(address[FromEnvironment.Length..]) ?? "";
        if (address == Embedded) return await OpenOfSettingsAsync(ct);
        if (address.StartsWith("esdb", StringComparison.OrdinalIgnoreCase)) return OpenEventStoreDb(address);
        if (address.Contains('=')) return await OpenDatabaseAsync(address, create, ct);
        throw new UnknownStoreException("A store is «embedded», a Postgres connection string (Host=…;Database=…), esdb://… or env:NAME.");
    }

    private async Task<OpenedStore> OpenOfSettingsAsync(CancellationToken ct)
    {
        await services.StartPostgresAsync(ct);
        var external = services.GetRequiredService<IOptions<EventEngineOptions>>().Value.Postgres.ConnectionString;
        var store = On(services.GetRequiredService<NpgsqlDataSource>());
        return new OpenedStore(string.IsNullOrWhiteSpace(external) ? Embedded : NameOf(external), store, store);
    }

    private OpenedStore OpenEventStoreDb(string address)
    {
        try
        {
            var settings = ConnectionString.Parse(address);
            var store = ActivatorUtilities.CreateInstance<EventStoreDbStore>(services, settings);
            return new OpenedStore($"EventStoreDB {string.Join(',', settings.Hosts)}", store, store);
        }
        catch (FormatException e)
        {
            throw new UnknownStoreException(e.Message);
        }
    }

    private async Task<OpenedStore> OpenDatabaseAsync(string address, bool create, CancellationToken ct)
    {
        var database = NpgsqlDataSource.Create(create ? await PostgresDatabase.CreateIfMissingAsync(address, null, ct) : address);
        if (create) await Migrations.ApplyAsync(database, ct);
        else await CheckAsync(database, NameOf(address), ct);
        var store = On(database);
        return new OpenedStore(NameOf(address), store, store, database);
    }

    private static async Task CheckAsync(NpgsqlDataSource database, string name, CancellationToken ct)
    {
        await using var query = database.CreateCommand("select to_regclass('store.head') is not null");
        if (await query.ExecuteScalarAsync(ct) is not true) throw new UnknownStoreException($"There is no store in {name}.");
    }

    private EmbeddedEventStore On(NpgsqlDataSource database) =>
        new(database, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<EmbeddedEventStore>>());

    private static string NameOf(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"postgres {settings.Host}:{settings.Port}/{settings.Database}";
    }
}

/// <summary>An address at which there is no store.</summary>
public sealed class UnknownStoreException(string message) : Exception(message);
