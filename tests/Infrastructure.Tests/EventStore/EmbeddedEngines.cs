using EventEngine.Infrastructure.EventStore.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventEngine.Infrastructure.Tests.EventStore;

/// <summary>Engines on one database, as many processes would have them.</summary>
internal sealed class EmbeddedEngines(NpgsqlDataSource dataSource)
{
    private readonly Dictionary<int, EmbeddedEventStore> _engines = [];

    public EmbeddedEventStore this[int process]
    {
        get
        {
            lock (_engines)
            {
                if (!_engines.TryGetValue(process, out var engine))
                    _engines[process] = engine = new EmbeddedEventStore(dataSource, TimeProvider.System, NullLogger<EmbeddedEventStore>.Instance);
                return engine;
            }
        }
    }

    public async Task StopAsync()
    {
        foreach (var engine in _engines.Values) await engine.DisposeAsync();
    }
}
