using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.Embedded;
using EventEngine.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventEngine.Infrastructure.Tests.EventStore;

public sealed class EmbeddedEventStoreTests(DatabaseFixture database) : EventStoreContract, IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private readonly Dictionary<int, EmbeddedEventStore> _engines = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var engine in _engines.Values) await engine.DisposeAsync();
    }

    protected override IEventStore Engine(int process)
    {
        lock (_engines)
        {
            if (!_engines.TryGetValue(process, out var engine))
                _engines[process] = engine = new EmbeddedEventStore(database.DataSource, TimeProvider.System, NullLogger<EmbeddedEventStore>.Instance);
            return engine;
        }
    }
}
