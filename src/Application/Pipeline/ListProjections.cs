using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Pipeline;

/// <summary>Where each projection stands against the head of the store.</summary>
public sealed record ListProjections : IRequest<Answer<PipelineState>>
{
    internal sealed class Handler(ReadModels readModels, IRebuilds rebuilds, IStoreHead head, AppliedRates rates, IOptions<EventEngineOptions> options)
        : IRequestHandler<ListProjections, Answer<PipelineState>>
    {
        private const string Sql = """
            select projection, version, program_version, commit_position, prepare_position, event_at, updated_at, applied, state, error, error_event::text,
                   (select count(*) from app.parked_events p where p.projection = c.projection and p.unparked_at is null) as parked,
                   case when renewed_at >= clock_timestamp() - interval '4 seconds' then leader end as leader,
                   to_regnamespace('previous_' || projection) is not null as has_previous, to_regnamespace('build_' || projection) is not null as has_build
            from views.checkpoints c order by projection
            """;

        public Task<Answer<PipelineState>> Handle(ListProjections query, CancellationToken ct) =>
            readModels.ReadAsync(ProjectionNames.Entries, async db =>
            {
                var rows = await db.ListAsync<Row>(Sql);
                var newest = (await rebuilds.NewestAsync(ct)).ToDictionary(rebuild => rebuild.Projection, StringComparer.Ordinal);
                return new PipelineState(head.Position, [.. rows.Select(row => Describe(row, newest.GetValueOrDefault(row.Projection)))]);
            }, ct);

        private ProjectionRow Describe(Row row, RebuildRow? rebuild) => new(
            row.Projection, row.Version, row.Position, row.EventAt, row.UpdatedAt, row.Applied, LagEvents(row.Position),
            (long)head.LagBehind(row.Position).TotalMilliseconds, rates.Measure(row.Projection, row.Applied), row.State, row.Error, PoisonEvent.Parse(row.ErrorEvent))
        {
            ProgramVersion = row.ProgramVersion,
            Parked = row.Parked,
            Leader = row.Leader,
            HasPrevious = row.HasPrevious,
            HasBuild = row.HasBuild,
            Rebuild = rebuild,
        };

        // The embedded engine numbers its events one by one; elsewhere a position is a place in a log, and distances say nothing.
        private long? LagEvents(StorePosition? position) =>
            head.Position is { } last && string.Equals(options.Value.EventStore.Provider, EventStoreOptions.Embedded, StringComparison.OrdinalIgnoreCase)
                ? Math.Max(0, last.Commit - (position?.Commit ?? -1))
                : null;

        private sealed record Row(
            string Projection, int Version, int? ProgramVersion, long CommitPosition, long PreparePosition, DateTimeOffset? EventAt, DateTimeOffset UpdatedAt,
            long Applied, string State, string? Error, string? ErrorEvent, long Parked, string? Leader, bool HasPrevious, bool HasBuild)
        {
            public StorePosition? Position => CommitPosition < 0 ? null : new StorePosition(CommitPosition, PreparePosition);
        }
    }
}

/// <param name="Head">Position of the last event in the store; null while it is empty, or not read yet.</param>
public sealed record PipelineState(StorePosition? Head, IReadOnlyList<ProjectionRow> Projections);

/// <param name="Version">Of the tables.</param>
/// <param name="LagEvents">Events between it and the head; null while the head is not known, and where the store's positions don't count events.</param>
/// <param name="LagMs">For how long the oldest event beyond it has been waiting.</param>
/// <param name="EventsPerSecond">Applied lately, as measured by this process; null before a second measurement.</param>
/// <param name="State">running; stopped, and says why and where; outdated: its tables stand still until those of the new version are built.</param>
public sealed record ProjectionRow(
    string Name,
    int Version,
    StorePosition? Position,
    DateTimeOffset? EventAt,
    DateTimeOffset UpdatedAt,
    long Applied,
    long? LagEvents,
    long LagMs,
    double? EventsPerSecond,
    string State,
    string? Error,
    PoisonEvent? ErrorEvent)
{
    /// <summary>Of the program that leads it, or led it last; another than that of the tables while these are built anew. Null: not known.</summary>
    public int? ProgramVersion { get; init; }

    /// <summary>Events that it passes over.</summary>
    public long Parked { get; init; }

    /// <summary>Machine, process id and instance of the worker that leads; null: none does just now.</summary>
    public string? Leader { get; init; }

    /// <summary>The tables from before the last swap are still there.</summary>
    public bool HasPrevious { get; init; }

    /// <summary>Something is being built beside, or was left there.</summary>
    public bool HasBuild { get; init; }

    /// <summary>The newest request to rebuild, finished or not; null: there never was one.</summary>
    public RebuildRow? Rebuild { get; init; }
}
