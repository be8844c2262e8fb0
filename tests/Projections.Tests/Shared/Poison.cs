using EventEngine.Application.EventStore;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Tests.Shared;

/// <summary>Makes one event unfit for a projection, for as long as it is set: what depends on it can be mended while it runs.</summary>
internal sealed class Poison
{
    /// <summary>The event's position; null: all can be applied.</summary>
    public long? At { get; set; }

    public IProjection Projection(int version = 1) => new Choosy(this, new CountingProjection(version));

    private sealed class Choosy(Poison poison, IProjection inner) : IProjection
    {
        public string Name => inner.Name;

        public int Version => inner.Version;

        public EventFilter Wanted => inner.Wanted;

        public ProjectionTables Tables => inner.Tables;

        public IProjection Another() => new Choosy(poison, inner.Another());

        public Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
        {
            if (facts.Any(fact => fact.Position.Commit == poison.At)) throw new InvalidOperationException("poison");
            return inner.ApplyAsync(facts, db, ct);
        }

        public void Forget() => inner.Forget();
    }
}
