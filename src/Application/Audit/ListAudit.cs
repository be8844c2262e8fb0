using EventEngine.Application.EventStore;
using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Audit;

/// <summary>Who did what in an organization, and when, the newest first: read from its own streams, so that nothing can be missing.</summary>
/// <param name="Limit">Null: all, for an export.</param>
public sealed record ListAudit(
    Actor By, Guid? Person = null, AuditKind? Kind = null, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Cursor = null, int? Limit = ListAudit.PageSize)
    : IRequest<AuditPage>
{
    public const int PageSize = 50;
    private const string List = "audit";

    public sealed class Validator : AbstractValidator<ListAudit>
    {
        public Validator()
        {
            RuleFor(query => query.Limit ?? 1).IsPageSize();
            RuleFor(query => query.Cursor).Must(cursor => cursor is null || PositionOf(cursor) is not null).WithMessage("cursor is not one that we gave for this list.");
        }
    }

    private static StorePosition? PositionOf(string cursor) =>
        PageCursor.Parse(cursor, List, parts: 2) is { } parsed && StorePosition.TryParse(parsed.Parts[1], out var position) ? position : null;

    internal sealed class Handler(IEventStore store, Tenancy tenancy, IPeople people, IInvitations invitations) : IRequestHandler<ListAudit, AuditPage>
    {
        public async Task<AuditPage> Handle(ListAudit query, CancellationToken ct)
        {
            await tenancy.PermitAsync(query.By, Permission.ReadAudit, ct);
            var records = await new AuditTrail(store).ReadAsync(query.By.Organization, ct);
            var known = await people.FindAsync([.. records.SelectMany(AuditEntry.PeopleIn).Distinct()], ct);
            var names = new AuditNames(records, known, await invitations.ListAsync(query.By.Organization, ct));
            var before = query.Cursor is { } cursor ? PositionOf(cursor) : null;
            var entries = records.Reverse().Where(record => IsWanted(record, query, before)).Select(record => AuditEntry.Of(record, names));
            var page = query.Limit is { } limit
                ? Page.Of([.. entries.Take(limit + 1)], limit, last => new PageCursor(List, last.Position.ToString()))
                : new Page<AuditEntry>([.. entries], null);
            var actors = records.Select(record => record.By.PersonId).OfType<Guid>().Distinct().Select(id => new AuditPerson(id, names.Person(id)));
            return new AuditPage(page, [.. actors.OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase)]);
        }

        private static bool IsWanted(AuditRecord record, ListAudit query, StorePosition? before) =>
            (before is null || record.Position < before)
            && (query.Person is null || AuditEntry.PeopleIn(record).Contains(query.Person.Value))
            && (query.Kind is null || AuditKinds.Of(record.Fact) == query.Kind)
            && (query.From is null || record.Fact.At >= query.From)
            && (query.To is null || record.Fact.At < query.To);
    }
}

/// <param name="People">All who did something, for choosing one.</param>
public sealed record AuditPage(Page<AuditEntry> Entries, IReadOnlyList<AuditPerson> People);

public sealed record AuditPerson(Guid Id, string Name);
