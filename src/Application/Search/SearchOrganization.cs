using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Search;

/// <summary>The top bar: apps by a part of their name, event names by their beginning, events by their whole id. At most 8 of each.</summary>
public sealed record SearchOrganization(OrganizationId Organization, string Text) : IRequest<Answer<SearchHits>>
{
    public sealed class Validator : AbstractValidator<SearchOrganization>
    {
        public Validator() => RuleFor(query => query.Text).SearchText("q").NotEmpty().WithMessage("q says what to look for.");
    }

    internal sealed class Handler(IMediator mediator) : IRequestHandler<SearchOrganization, Answer<SearchHits>>
    {
        private const int Most = 8;

        public async Task<Answer<SearchHits>> Handle(SearchOrganization query, CancellationToken ct)
        {
            var text = query.Text.Trim();
            var apps = await mediator.Send(new ListAppNames(query.Organization), ct);
            var found = await mediator.Send(new FindEvents(query.Organization, text, Most), ct);
            var nameOf = apps.Value.ToDictionary(app => app.App, app => app.Name);
            var hits = new SearchHits(
                [.. apps.Value.Where(app => app.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(Most)],
                [.. found.Value.Names.Select(hit => new EventNameHit(hit.App, nameOf.GetValueOrDefault(hit.App, ""), hit.EventName))],
                [.. found.Value.Events.Select(hit => new EventHit(hit.App, nameOf.GetValueOrDefault(hit.App, ""), hit.EventId, hit.EventName))]);
            return new Answer<SearchHits>(hits, found.AsOf);
        }
    }
}

public sealed record SearchHits(IReadOnlyList<AppName> Apps, IReadOnlyList<EventNameHit> EventNames, IReadOnlyList<EventHit> Events);

public sealed record EventNameHit(AppId App, string AppName, string EventName);

public sealed record EventHit(AppId App, string AppName, string EventId, string EventName);
