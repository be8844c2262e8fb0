using EventEngine.Application.EventStore;
using EventEngine.Testing.EventStoreDb;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

public abstract class EventStoreDbContract(string connection) : EventStoreContract, IAsyncLifetime
{
    private readonly EventStoreDbEngines _engines = new(connection);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _engines.DisposeAsync();

    protected override IEventStore Engine(int process) => _engines[process];
}

public sealed class OnTheTestServerTests(OnTheTestServerTests.Server server) : EventStoreDbContract(server.Connection), IClassFixture<OnTheTestServerTests.Server>
{
    public sealed class Server : IAsyncLifetime
    {
        private TestEventStoreDb _server = null!;

        public string Connection => _server.ConnectionString;

        public async Task InitializeAsync() => _server = await TestEventStoreDb.StartAsync();

        public async Task DisposeAsync() => await _server.DisposeAsync();
    }
}

/// <summary>
/// On the server that EVENTSTORE_CONNECTION_STRING names. Without one, on a test server that takes no batches: then every append is a call of
/// its own, as with old servers.
/// </summary>
public sealed class OnARealServerTests(OnARealServerTests.Server server) : EventStoreDbContract(server.Connection), IClassFixture<OnARealServerTests.Server>
{
    public sealed class Server(IMessageSink messages) : IAsyncLifetime
    {
        private TestEventStoreDb? _stand;

        public string Connection { get; private set; } = Environment.GetEnvironmentVariable("EVENTSTORE_CONNECTION_STRING") ?? "";

        public async Task InitializeAsync()
        {
            var isReal = Connection.Length > 0;
            if (!isReal)
            {
                _stand = await TestEventStoreDb.StartAsync();
                _stand.TakesBatches = false;
                Connection = _stand.ConnectionString;
            }

            messages.OnMessage(new DiagnosticMessage(isReal
                ? "The contract suite runs on the EventStoreDB of EVENTSTORE_CONNECTION_STRING, and on the test server."
                : "The contract suite runs on the test server only: EVENTSTORE_CONNECTION_STRING is not set."));
        }

        public async Task DisposeAsync()
        {
            if (_stand is not null) await _stand.DisposeAsync();
        }
    }
}
