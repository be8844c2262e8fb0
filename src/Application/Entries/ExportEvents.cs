using System.Runtime.CompilerServices;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>
/// Every event that meets the criteria, in order of time, page after page as it is taken: each page is read by itself, so that neither
/// memory nor a snapshot is held for whoever takes it slowly. What arrives meanwhile may or may not be among them; nothing comes twice.
/// </summary>
/// <param name="Sort">-at, or at.</param>
public sealed record ExportEvents(OrganizationId Organization, AppId App, EventCriteria Criteria, string? Sort = null)
    : IRequest<IAsyncEnumerable<EventRow>>
{
    public sealed class Validator : AbstractValidator<ExportEvents>
    {
        public Validator()
        {
            RuleFor(query => query.Criteria).SetValidator(new EventCriteria.Validator());
            RuleFor(query => query.Sort).Must(sort => EventSort.Named(sort)?.IsByTime == true).WithMessage("sort of an export is at or -at.");
        }
    }

    internal sealed class Handler(IMediator mediator) : IRequestHandler<ExportEvents, IAsyncEnumerable<EventRow>>
    {
        // The first page at once: who may not ask, or asks wrongly, learns it before anything is sent.
        public async Task<IAsyncEnumerable<EventRow>> Handle(ExportEvents query, CancellationToken ct) => TakeAsync(query, await PageAsync(query, cursor: null, ct), ct);

        private async IAsyncEnumerable<EventRow> TakeAsync(ExportEvents query, EventPage page, [EnumeratorCancellation] CancellationToken ct)
        {
            while (true)
            {
                foreach (var row in page.Items) yield return row;
                if (page.NextCursor is null) yield break;
                page = await PageAsync(query, page.NextCursor, ct);
            }
        }

        private async Task<EventPage> PageAsync(ExportEvents query, string? cursor, CancellationToken ct) =>
            (await mediator.Send(new ListEvents(query.Organization, query.App, query.Criteria, query.Sort, cursor, Page.MaxLimit), ct)).Value;
    }
}
