using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb;
using EventEngine.Testing;
using EventEngine.Testing.EventStoreDb;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

/// <summary>Who reads slowly is sent little: the rest waits at the server, not in this process.</summary>
public sealed class BackPressureTests
{
    private const int Events = 2_000, Size = 32_000;
    private const long MostAhead = 8 << 20; // two windows of HTTP/2 and buffers of sockets; all would be 64 MB

    [Theory]
    [InlineData("read")]
    [InlineData("subscription")]
    public async Task A_slow_consumer_is_not_sent_more_than_a_few_windows(string way)
    {
        await using var server = await TestEventStoreDb.StartAsync();
        await using var store = EventStoreDbEngines.Create(server.ConnectionString);
        var text = Encoding.UTF8.GetBytes(new string('x', Size));
        for (var i = 0; i < Events / 20; i++)
            await store.AppendAsync("thing-1", ExpectedRevision.Any, [.. Enumerable.Range(0, 20).Select(_ => new NewEvent(Guid.CreateVersion7(), "Happened.v1", text, default))]);
        var before = server.BytesSent;

        await using var events = (way == "read" ? ReadAsync(store) : FollowAsync(store)).GetAsyncEnumerator();
        (await events.MoveNextAsync()).ShouldBeTrue();
        await Settled(() => server.BytesSent);
        (server.BytesSent - before).ShouldBeInRange(Size, MostAhead);

        for (var i = 1; i < Events; i++) (await events.MoveNextAsync()).ShouldBeTrue();
        (server.BytesSent - before).ShouldBeGreaterThan(Events * (long)Size);
    }

    private static IAsyncEnumerable<RecordedEvent> ReadAsync(EventStoreDbStore store) => store.ReadAllAsync();

    private static async IAsyncEnumerable<RecordedEvent> FollowAsync(EventStoreDbStore store)
    {
        await foreach (var message in store.SubscribeAsync())
        {
            if (message is SubscriptionMessage.Event { Recorded: var recorded }) yield return recorded;
        }
    }

    /// <summary>Until the number has stood still for several looks.</summary>
    private static async Task Settled(Func<long> number)
    {
        var (last, still) = (-1L, 0);
        await Eventually.Becomes(() =>
        {
            var now = number();
            still = now == last ? still + 1 : 0;
            last = now;
            return still >= 10;
        });
    }
}
