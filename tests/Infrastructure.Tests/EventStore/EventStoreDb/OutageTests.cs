using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb;
using EventEngine.Testing;
using EventEngine.Testing.EventStoreDb;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

/// <summary>What happens while the server is away, and when it comes back.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private TestEventStoreDb _server = null!;
    private EventStoreDbStore _store = null!;

    public async Task InitializeAsync()
    {
        _server = await TestEventStoreDb.StartAsync();
        _store = EventStoreDbEngines.Create(_server.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_server_an_append_is_refused_quickly_and_with_one_again_it_is_taken(bool isExplicit)
    {
        var expected = isExplicit ? ExpectedRevision.NoStream : ExpectedRevision.Any;
        await _store.AppendAsync("thing-0", expected, [Event()]);
        await _server.KillAsync();

        var began = Stopwatch.GetTimestamp();
        await Should.ThrowAsync<StoreUnavailableException>(() => _store.AppendAsync("thing-1", expected, [Event()]));
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(3));

        await _server.StartAgainAsync();
        await Eventually.Becomes(() => TryAppendAsync("thing-2"));
    }

    [Fact]
    public async Task Every_question_meets_the_same_refusal_without_a_server()
    {
        await _server.KillAsync();

        await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.ReadHeadAsync());
        await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.ReadStreamAsync("thing-1").ToListAsync());
        await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.ReadAllAsync().ToListAsync());
        await Should.ThrowAsync<StoreUnavailableException>(() => _store.ReadMetadataAsync("thing-1"));
        await Should.ThrowAsync<StoreUnavailableException>(() => _store.SetMetadataAsync("thing-1", new StreamMetadata(MaxCount: 1)));
        await Should.ThrowAsync<StoreUnavailableException>(() => _store.DeleteStreamAsync("thing-1", ExpectedRevision.Any));
    }

    [Fact]
    public async Task However_often_the_server_dies_nothing_acknowledged_is_lost_or_written_twice_and_subscriptions_go_on_within_5_seconds()
    {
        await using var heard = new SubscriptionListener(_store.SubscribeAsync(filter: new EventFilter(["thing"])));
        var acknowledged = new ConcurrentQueue<Guid>();
        using var done = new CancellationTokenSource();
        var writing = Enumerable.Range(0, 6).Select(writer => Task.Run(() => WriteAsync(writer, acknowledged, done.Token))).ToList();

        for (var kill = 0; kill < 5; kill++)
        {
            var before = acknowledged.Count;
            await Eventually.Becomes(() => acknowledged.Count > before + 100);
            await _server.KillAsync();
            var known = acknowledged.Count;
            await _server.StartAgainAsync();
            var began = Stopwatch.GetTimestamp();
            await Eventually.Becomes(() => acknowledged.Count > known + 10 && heard.Events.Count >= known + 10);
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }

        await done.CancelAsync();
        await Task.WhenAll(writing);
        var all = await _store.ReadAllAsync().ToListAsync();
        all.Select(e => e.Id).ShouldBeUnique();
        acknowledged.Except(all.Select(e => e.Id)).ShouldBeEmpty();
        await heard.UntilAsync(h => h.Events.Count >= all.Count);
        heard.Events.Select(e => e.Id).ShouldBe(all.Select(e => e.Id));
    }

    [Fact]
    public async Task A_command_at_an_explicit_revision_outlives_a_short_absence_and_is_written_once()
    {
        await _store.AppendAsync("thing-1", ExpectedRevision.NoStream, [Event()]);
        await _server.KillAsync();

        var append = _store.AppendAsync("thing-1", ExpectedRevision.At(0), [Event(), Event()]);
        await _server.StartAgainAsync();

        // Too late for its patience at worst; then it was not written either.
        await append.ShouldThrowOrFinishAsync<StoreUnavailableException>();
        (await _store.ReadStreamAsync("thing-1").ToListAsync()).Count.ShouldBe(append.IsCompletedSuccessfully ? 3 : 1);
    }

    private static NewEvent Event() => new(Guid.CreateVersion7(), "Happened.v1", Encoding.UTF8.GetBytes("{}"), default);

    private async Task<bool> TryAppendAsync(string stream)
    {
        try
        {
            await _store.AppendAsync(stream, ExpectedRevision.Any, [Event()]);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Half of the writers know the revision, as commands do; the others don't, as ingest does.</summary>
    private async Task WriteAsync(int writer, ConcurrentQueue<Guid> acknowledged, CancellationToken ct)
    {
        var (revision, round) = (-1L, 0);
        while (!ct.IsCancellationRequested)
        {
            var (@event, stream) = (Event(), $"thing-{writer}_{round}");
            var known = revision < 0 ? ExpectedRevision.NoStream : ExpectedRevision.At(revision);
            try
            {
                revision = (await _store.AppendAsync(stream, writer % 2 == 0 ? known : ExpectedRevision.Any, [@event], CancellationToken.None)).Revision;
                acknowledged.Enqueue(@event.Id);
            }
            catch (StoreUnavailableException)
            {
                (revision, round) = (-1, round + 1);
            }
        }
    }
}
