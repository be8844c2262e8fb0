using EventEngine.Application.EventStore;
using EventEngine.Testing.EventStoreDb;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

/// <summary>A server is believed only by its certificate, unless the operator asks for less.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private TestEventStoreDb _server = null!;

    public async Task InitializeAsync() => _server = await TestEventStoreDb.StartAsync(_authority.Issue("localhost"));

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_server_of_the_named_authority_is_believed()
    {
        await using var store = Store($"localhost:{_server.Port}?tlsCaFile={_authority.FilePath}");

        await store.AppendAsync("thing-1", ExpectedRevision.NoStream, [Event()]);

        (await store.ReadStreamAsync("thing-1").ToListAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_server_of_nobody_the_machine_knows_is_not()
    {
        await using var store = Store($"localhost:{_server.Port}");

        await Should.ThrowAsync<StoreUnavailableException>(() => store.AppendAsync("thing-1", ExpectedRevision.NoStream, [Event()]));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not()
    {
        using var another = new TestAuthority();
        await using var store = Store($"localhost:{_server.Port}?tlsCaFile={another.FilePath}");

        await Should.ThrowAsync<StoreUnavailableException>(() => store.AppendAsync("thing-1", ExpectedRevision.NoStream, [Event()]));
    }

    [Fact]
    public async Task A_server_under_another_name_is_not()
    {
        await using var store = Store($"127.0.0.1:{_server.Port}?tlsCaFile={_authority.FilePath}");

        await Should.ThrowAsync<StoreUnavailableException>(() => store.AppendAsync("thing-1", ExpectedRevision.NoStream, [Event()]));
    }

    [Fact]
    public async Task Without_verification_any_is()
    {
        await using var store = Store($"127.0.0.1:{_server.Port}?tlsVerifyCert=false");

        await store.AppendAsync("thing-1", ExpectedRevision.NoStream, [Event()]);
    }

    private static Infrastructure.EventStore.EventStoreDb.EventStoreDbStore Store(string address) => EventStoreDbEngines.Create($"esdb://{address}");

    private static NewEvent Event() => new(Guid.CreateVersion7(), "Happened.v1", "{}"u8.ToArray(), default);
}
