using System.Runtime.CompilerServices;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Every dead letter that meets the criteria, latest death first, page after page as it is taken; see <see cref="ExportEvents"/>.</summary>
public sealed record ExportDeadLetters(OrganizationId Organization, AppId App, DeadLetterCriteria Criteria) : IRequest<IAsyncEnumerable<DeadLetter>>
{
    public sealed class Validator : AbstractValidator<ExportDeadLetters>
    {
        public Validator() => RuleFor(query => query.Criteria).SetValidator(new DeadLetterCriteria.Validator());
    }

    internal sealed class Handler(IMediator mediator) : IRequestHandler<ExportDeadLetters, IAsyncEnumerable<DeadLetter>>
    {
        // The first page at once: who may not ask, or asks wrongly, learns it before anything is sent.
        public async Task<IAsyncEnumerable<DeadLetter>> Handle(ExportDeadLetters query, CancellationToken ct) => TakeAsync(query, await PageAsync(query, cursor: null, ct), ct);

        private async IAsyncEnumerable<DeadLetter> TakeAsync(ExportDeadLetters query, Page<DeadLetter> page, [EnumeratorCancellation] CancellationToken ct)
        {
            while (true)
            {
                foreach (var row in page.Items) yield return row;
                if (page.NextCursor is null) yield break;
                page = await PageAsync(query, page.NextCursor, ct);
            }
        }

        private async Task<Page<DeadLetter>> PageAsync(ExportDeadLetters query, string? cursor, CancellationToken ct) =>
            (await mediator.Send(new ListDeadLetters(query.Organization, query.App, query.Criteria, Sort: null, cursor, Page.MaxLimit), ct)).Value;
    }
}
