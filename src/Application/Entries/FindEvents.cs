using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Event names that begin with a text, and events whose whole id it is, in all apps of an organization.</summary>
public sealed record FindEvents(OrganizationId Organization, string Text, int Most) : IRequest<Answer<FoundEvents>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<FindEvents, Answer<FoundEvents>>
    {
        // Steps from name to name through the index instead of reading every event of the app.
        private const string Names = $"""
            with recursive names as (
                select app, (select min(event_name) from {Retained.Events} where app_id = app and event_name >= @text) as name
                from unnest(@apps) as apps (app)
                union all
                select app, (select min(event_name) from {Retained.Events} where app_id = app and event_name > name) as name
                from names where starts_with(name, @text))
            select app, name as event_name from names where starts_with(name, @text) order by 2, 1 limit @most
            """;

        private const string Events = $"""
            select app_id as app, event_id, event_name from {Retained.Events}
            where app_id = any(@apps) and event_id = @text order by at desc limit @most
            """;

        public Task<Answer<FoundEvents>> Handle(FindEvents query, CancellationToken ct) =>
            readModels.ForAppsOfAsync(query.Organization, ProjectionNames.Entries, async (db, apps) =>
            {
                var parameters = new { apps, text = query.Text, most = query.Most };
                var names = await db.ListAsync<NameRow>(Names, parameters);
                var events = await db.ListAsync<EventRow>(Events, parameters);
                return new FoundEvents(
                    [.. names.Select(row => new FoundName(new AppId(row.App), row.EventName))],
                    [.. events.Select(row => new FoundEvent(new AppId(row.App), row.EventId, row.EventName))]);
            }, ct);

        private sealed record NameRow(Guid App, string EventName);

        private sealed record EventRow(Guid App, string EventId, string EventName);
    }
}

public sealed record FoundEvents(IReadOnlyList<FoundName> Names, IReadOnlyList<FoundEvent> Events);

public sealed record FoundName(AppId App, string EventName);

public sealed record FoundEvent(AppId App, string EventId, string EventName);
