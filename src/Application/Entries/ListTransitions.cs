using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>All that was reported of some events, by their ids; those of which nothing was heard since a time are left out.</summary>
internal sealed record ListTransitions(OrganizationId Organization, AppId App, IReadOnlyCollection<string> EventIds, DateTimeOffset Since)
    : IRequest<IReadOnlyDictionary<string, IReadOnlyCollection<Transition>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListTransitions, IReadOnlyDictionary<string, IReadOnlyCollection<Transition>>>
    {
        private const string Sql = $"""
            select event_id, transitions from {Retained.Events} where app_id = @app and event_id = any(@ids) and last_reported_at >= @Since
            """;

        public async Task<IReadOnlyDictionary<string, IReadOnlyCollection<Transition>>> Handle(ListTransitions query, CancellationToken ct)
        {
            var rows = await readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, db =>
                db.ListAsync<Row>(Sql, new { app = query.App.Value, ids = query.EventIds.ToArray(), query.Since }), ct);
            return rows.Value.GroupBy(row => row.EventId, StringComparer.Ordinal).ToDictionary(
                rows => rows.Key, IReadOnlyCollection<Transition> (rows) => [.. rows.SelectMany(row => TransitionList.Decode(row.Transitions))], StringComparer.Ordinal);
        }

        private sealed record Row(string EventId, byte[] Transitions);
    }
}
