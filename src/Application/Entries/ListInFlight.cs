using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Events of an app that were emitted, and neither published nor dead-lettered for longer than the app's limit, oldest first.</summary>
public sealed record ListInFlight(OrganizationId Organization, AppId App, string? Cursor = null, int Limit = 50) : IRequest<Answer<InFlightPage>>
{
    private static readonly EventSort OldestFirst = EventSort.Named("at")!;

    public sealed class Validator : AbstractValidator<ListInFlight>
    {
        public Validator()
        {
            RuleFor(query => query.Limit).IsPageSize();
            RuleFor(query => query.Cursor).Must(cursor => cursor is null || OldestFirst.PlaceOf(cursor) is not null).WithMessage("cursor is not one that this list gave.");
        }
    }

    internal sealed class Handler(ReadModels readModels, IMediator mediator, TimeProvider time) : IRequestHandler<ListInFlight, Answer<InFlightPage>>
    {
        public async Task<Answer<InFlightPage>> Handle(ListInFlight query, CancellationToken ct)
        {
            var limit = InFlightLimit.Of(query.App, (await mediator.Send(new ListInFlightLimits(query.Organization), ct)).Value);
            return await readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var before = time.GetUtcNow() - limit;
                var overdue = await Overdue.ReadAsync(db, query.App, before, limit);
                var place = query.Cursor is { } cursor ? OldestFirst.PlaceOf(cursor) : null;
                var page = await new EventPages(db, new EventScope(Overdue.Of(query.App, before)), OldestFirst, place).ReadAsync(query.Limit);
                return new InFlightPage(overdue, page.Items, page.NextCursor, page.PreviousCursor);
            }, ct);
        }
    }
}

public sealed record InFlightPage(Overdue Overdue, IReadOnlyList<EventRow> Events, string? NextCursor, string? PreviousCursor);
