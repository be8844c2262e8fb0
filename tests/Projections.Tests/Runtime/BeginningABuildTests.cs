using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Domain.Entries;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using Npgsql;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

public sealed class BeginningABuildTests
{
    [Fact]
    public async Task One_that_stumbles_is_begun_again_by_the_same_worker()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.StartAsync(new StumblingProjection());
        await pipeline.CaughtUpAsync("counting");

        var requests = await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild));

        (await pipeline.FinishedAsync(requests)).Single().State.ShouldBe("swapped");
    }

    /// <summary>The first that is wanted for a build can't be made.</summary>
    private sealed class StumblingProjection : IProjection
    {
        private readonly CountingProjection _counting = new();
        private bool _hasStumbled;

        public string Name => _counting.Name;

        public int Version => _counting.Version;

        public EventFilter Wanted => _counting.Wanted;

        public ProjectionTables Tables => _counting.Tables;

        public IProjection Another()
        {
            if (_hasStumbled) return _counting.Another();
            _hasStumbled = true;
            throw new InvalidOperationException("Not now.");
        }

        public Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct) => _counting.ApplyAsync(facts, db, ct);

        public void Forget() => _counting.Forget();
    }
}
