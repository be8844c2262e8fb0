using EventEngine.Application.EventStore;
using EventEngine.Testing;

namespace EventEngine.Infrastructure.Tests.EventStore;

public sealed class EmbeddedEventStoreTests(DatabaseFixture database) : EventStoreContract, IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private readonly EmbeddedEngines _engines = new(database.DataSource);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _engines.StopAsync();

    protected override IEventStore Engine(int process) => _engines[process];

    protected override void CheckOrder(IReadOnlyList<RecordedEvent> read)
    {
        if (read.Count > 0) read.Select(e => e.Position.Commit).ShouldBe(Enumerable.Range(0, read.Count).Select(i => read[0].Position.Commit + i));
        read.ShouldAllBe(e => e.Position.Commit == e.Position.Prepare);
    }
}
