using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Search;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;

namespace EventEngine.Web.Api;

// The answers of the query API: what a query says, led by how fresh it is.

internal sealed record AppsBody(AsOf AsOf, IReadOnlyList<AppRow> Apps);

/// <param name="InFlight">Now; null in an answer about the past.</param>
internal sealed record SummaryBody(AsOf AsOf, EventTotals Totals, double? AvgLatencyMs, Ledger Ledger, Overdue? InFlight);

/// <param name="InFlight">How many there are in all.</param>
internal sealed record InFlightBody(AsOf AsOf, Overdue InFlight, IReadOnlyList<EventRow> Events, string? NextCursor, string? PreviousCursor);

internal sealed record ThroughputBody(AsOf AsOf, DateTimeOffset From, DateTimeOffset To, string Step, IReadOnlyList<ThroughputPoint> Points);

internal sealed record LatencyBody(
    AsOf AsOf, DateTimeOffset From, DateTimeOffset To, string Step, IReadOnlyList<LatencyPoint> Points, LatencyWindow Window);

internal sealed record EventTypesBody(AsOf AsOf, IReadOnlyList<EventTypeRow> EventTypes);

internal sealed record LedgerBody(AsOf AsOf, Ledger Total, IReadOnlyList<LedgerHour> Hours);

/// <param name="SortedFrom">Only events that are that old or younger were brought into this order; null: all.</param>
/// <param name="SearchedTo">Not full, since only events up to here were looked through: next_cursor goes on from there. Null: full, or at the end.</param>
internal sealed record EventsBody(
    AsOf AsOf, IReadOnlyList<EventRow> Events, string? NextCursor, string? PreviousCursor, DateTimeOffset? SortedFrom, DateTimeOffset? SearchedTo)
{
    public static EventsBody Of(Answer<EventPage> answer) => new(
        answer.AsOf, answer.Value.Items, answer.Value.NextCursor, answer.Value.PreviousCursor, answer.Value.SortedFrom, answer.Value.SearchedTo);
}

/// <param name="IsExact">False: at least that many; counting stops at 10,000.</param>
internal sealed record EventCountBody(AsOf AsOf, long Count, bool IsExact);

internal sealed record EventBody : EventRow
{
    public EventBody(AsOf asOf, EventDetail detail)
        : base(detail.Event) => (AsOf, ErrorMessageLength, Transitions) = (asOf, detail.ErrorMessageLength, detail.Transitions);

    public AsOf AsOf { get; }

    public int? ErrorMessageLength { get; }

    public IReadOnlyList<EventTransition> Transitions { get; }
}

internal sealed record RejectedEntriesBody(AsOf AsOf, IReadOnlyList<RejectedEntry> RejectedEntries, string? NextCursor);

internal sealed record PipelineBody(AsOf AsOf, StorePosition? Head, IReadOnlyList<ProjectionBody> Projections);

/// <param name="LagEvents">Null while the head is not known, and where the store's positions don't count events.</param>
/// <param name="Rate">Events applied a second, lately; null before a second measurement.</param>
/// <param name="StalledSince">It makes no progress though the store has gone on; null: it does.</param>
/// <param name="Version">Of its tables.</param>
/// <param name="ProgramVersion">Of the program that leads it.</param>
/// <param name="Parked">Events that it passes over, because an operator has said so.</param>
internal sealed record ProjectionBody(
    string Name,
    StorePosition? Position,
    StorePosition? Head,
    long? LagEvents,
    double LagSeconds,
    double? Rate,
    string State,
    string? Error,
    StorePosition? ErrorPosition,
    string? ErrorEventType,
    long Parked,
    DateTimeOffset? StalledSince,
    DateTimeOffset? EventAt,
    DateTimeOffset UpdatedAt,
    long Applied,
    int Version,
    int? ProgramVersion,
    string? Leader,
    RebuildBody? Rebuild)
{
    public static ProjectionBody Of(ProjectionRow row, StorePosition? head, DateTimeOffset? stalledSince) => new(
        row.Name, row.Position, head, row.LagEvents, row.LagMs / 1000.0, row.EventsPerSecond, row.State, row.Error, row.ErrorEvent?.Position, row.ErrorEvent?.Type, row.Parked, stalledSince,
        row.EventAt, row.UpdatedAt, row.Applied, row.Version, row.ProgramVersion, row.Leader, row.Rebuild is { } rebuild ? RebuildBody.Of(rebuild) : null);
}

/// <summary>The newest request to rebuild a projection.</summary>
/// <param name="Kind">rebuild, verify, rollback, upgrade, unpark or discard.</param>
/// <param name="State">waiting, building, indexing, verifying, swapping; finished: swapped, verified, differs, discarded, cancelled, failed.</param>
/// <param name="Rate">Events applied a second.</param>
internal sealed record RebuildBody(
    string Kind,
    string State,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    StorePosition? Position,
    long Applied,
    double? Rate,
    double? SecondsLeft)
{
    public static RebuildBody Of(RebuildRow row) => new(
        row.Kind.ToString().ToLowerInvariant(), row.State, row.RequestedAt, row.StartedAt, row.FinishedAt, row.Position, row.Applied, row.PerSecond, row.SecondsLeft);
}

internal sealed record NewAppBody(string? Name, string? Environment);

internal sealed record AppBody(AppId Id, string Name, string Environment);

/// <param name="InFlightMinutes">After which an event that was neither published nor dead-lettered is overdue, 1 to 1,440.</param>
/// <param name="CallbackUrl">Empty: payloads are fetched nowhere any more.</param>
internal sealed record AppChangesBody(string? Name, string? Environment, string? CallbackUrl, int? InFlightMinutes);

internal sealed record KeysBody(AsOf AsOf, IReadOnlyList<ApiKeyRow> Keys);

/// <param name="Key">The secret, in this one answer and never again.</param>
internal sealed record NewKeyBody(Guid Id, string Key, string Prefix, string LastFour);

internal sealed record SearchBody(
    AsOf AsOf, IReadOnlyList<AppName> Apps, IReadOnlyList<EventNameHit> EventNames, IReadOnlyList<EventHit> Events);
