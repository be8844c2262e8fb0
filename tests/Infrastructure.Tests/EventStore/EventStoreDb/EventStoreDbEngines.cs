using EventEngine.Infrastructure.EventStore.EventStoreDb;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

/// <summary>Engines on one server, as many processes would have them.</summary>
internal sealed class EventStoreDbEngines(string connection) : IAsyncDisposable
{
    private readonly Dictionary<int, EventStoreDbStore> _engines = [];

    public EventStoreDbStore this[int process]
    {
        get
        {
            lock (_engines)
            {
                if (!_engines.TryGetValue(process, out var engine)) _engines[process] = engine = Create(connection);
                return engine;
            }
        }
    }

    public static EventStoreDbStore Create(string connection) =>
        new(ConnectionString.Parse(connection), TimeProvider.System, NullLogger<EventStoreDbStore>.Instance);

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines.Values) await engine.DisposeAsync();
    }
}
