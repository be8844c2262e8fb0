using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb;
using EventEngine.Testing;
using EventEngine.Testing.EventStoreDb;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

/// <summary>Finding the node to speak to, and following it when it changes.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private TestEventStoreDb[] _nodes = null!;

    public async Task InitializeAsync()
    {
        _nodes = [await TestEventStoreDb.StartAsync(), await TestEventStoreDb.StartAsync(), await TestEventStoreDb.StartAsync()];
        foreach (var node in _nodes) node.Others = [.. _nodes.Where(other => other != node)];
        Elect(_nodes[1]);
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_does_not_lead_names_the_one_that_does_and_that_one_is_asked()
    {
        await using var store = EventStoreDbEngines.Create(_nodes[0].ConnectionString);

        await store.AppendAsync("thing-1", ExpectedRevision.Any, [Event()]);

        (await On(_nodes[1]).ReadStreamAsync("thing-1").ToListAsync()).Count.ShouldBe(1);
        (await store.ReadStreamAsync("thing-1").ToListAsync()).Count.ShouldBe(1);
        await store.DeleteStreamAsync("thing-1", ExpectedRevision.Any);
    }

    [Theory]
    [InlineData("esdb+discover://127.0.0.1:{0}?tls=false")]
    [InlineData("esdb://127.0.0.1:1,127.0.0.1:{0},127.0.0.1:{2}?tls=false&gossipTimeout=1")]
    public async Task The_leader_is_found_by_gossip_from_any_node_that_answers(string connection)
    {
        await using var store = EventStoreDbEngines.Create(Connection(connection));

        await store.AppendAsync("thing-1", ExpectedRevision.NoStream, [Event()]);

        (await On(_nodes[1]).ReadStreamAsync("thing-1").ToListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_prefers_a_follower_reads_from_one()
    {
        await using var follower = On(_nodes[2], "&nodePreference=follower");
        await follower.AppendAsync("thing-here", ExpectedRevision.NoStream, [Event()]);
        await _nodes[0].KillAsync();
        await using var store = EventStoreDbEngines.Create(Connection("esdb+discover://127.0.0.1:{1}?tls=false&nodePreference=follower"));

        (await store.ReadStreamAsync("thing-here").ToListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task When_the_leader_dies_the_next_one_is_found()
    {
        await using var store = EventStoreDbEngines.Create(Connection("esdb+discover://127.0.0.1:{0}?tls=false"));
        await store.AppendAsync("thing-1", ExpectedRevision.NoStream, [Event()]);

        await _nodes[1].KillAsync();
        Elect(_nodes[2]);

        await Eventually.Becomes(async () =>
        {
            try
            {
                await store.AppendAsync("thing-2", ExpectedRevision.Any, [Event()]);
                return true;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        });
        (await On(_nodes[2]).ReadStreamAsync("thing-2").ToListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_leader_the_search_ends_with_a_word_about_it()
    {
        await _nodes[1].KillAsync();
        await using var store = EventStoreDbEngines.Create(Connection("esdb+discover://127.0.0.1:{0}?tls=false&maxDiscoverAttempts=2&discoveryInterval=10"));

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(() => store.AppendAsync("thing-1", ExpectedRevision.Any, [Event()]));

        refusal.Message.ShouldContain("No leader was found in 2 attempts");
    }

    [Fact]
    public async Task Credentials_are_shown_and_without_them_access_is_denied()
    {
        _nodes[1].Credentials = "ops:s3cret";
        await using var stranger = On(_nodes[1]);
        await using var friend = EventStoreDbEngines.Create(Connection("esdb://ops:s3cret@127.0.0.1:{1}?tls=false"));

        var refusal = await Should.ThrowAsync<StoreUnavailableException>(() => stranger.AppendAsync("thing-1", ExpectedRevision.Any, [Event()]));
        refusal.Message.ShouldContain("denies access");
        await friend.AppendAsync("thing-1", ExpectedRevision.Any, [Event()]);
    }

    private static NewEvent Event() => new(Guid.CreateVersion7(), "Happened.v1", Encoding.UTF8.GetBytes("{}"), default);

    private static EventStoreDbStore On(TestEventStoreDb node, string more = "") => EventStoreDbEngines.Create(node.ConnectionString + more);

    private string Connection(string form) => string.Format(form, _nodes[0].Port, _nodes[1].Port, _nodes[2].Port);

    private void Elect(TestEventStoreDb leader)
    {
        foreach (var node in _nodes) node.Leader = node == leader ? null : leader;
    }
}
