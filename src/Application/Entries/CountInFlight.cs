using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>How many events of an app have been in flight for longer than its limit.</summary>
public sealed record CountInFlight(OrganizationId Organization, AppId App) : IRequest<Answer<Overdue>>
{
    internal sealed class Handler(ReadModels readModels, IMediator mediator, TimeProvider time) : IRequestHandler<CountInFlight, Answer<Overdue>>
    {
        public async Task<Answer<Overdue>> Handle(CountInFlight query, CancellationToken ct)
        {
            var limit = InFlightLimit.Of(query.App, (await mediator.Send(new ListInFlightLimits(query.Organization), ct)).Value);
            return await readModels.ForAppAsync(
                query.Organization, query.App, ProjectionNames.Entries, db => Overdue.ReadAsync(db, query.App, time.GetUtcNow() - limit, limit), ct);
        }
    }
}
