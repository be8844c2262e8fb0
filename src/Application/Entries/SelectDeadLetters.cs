using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Events that are dead-lettered now, oldest first: all that meet the criteria, or of the given ids.</summary>
/// <param name="HeardBy">Leaves out those of which anything was reported later.</param>
/// <param name="Limit">No more are looked for.</param>
internal sealed record SelectDeadLetters(OrganizationId Organization, AppId App, IReadOnlyCollection<string>? EventIds, DeadLetterCriteria Criteria, DateTimeOffset? HeardBy, int Limit)
    : IRequest<Answer<IReadOnlyList<SelectedDeadLetter>>>
{
    public sealed class Validator : AbstractValidator<SelectDeadLetters>
    {
        public Validator() => RuleFor(query => query.Criteria).SetValidator(new DeadLetterCriteria.Validator());
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<SelectDeadLetters, Answer<IReadOnlyList<SelectedDeadLetter>>>
    {
        public Task<Answer<IReadOnlyList<SelectedDeadLetter>>> Handle(SelectDeadLetters query, CancellationToken ct)
        {
            var dead = new EventSql(query.App).And(query.Criteria).And("event_id = any(@ids)", "ids", query.EventIds?.ToArray())
                .And("last_reported_at <= @heard", "heard", query.HeardBy).With("limit", query.Limit);
            var sql = $"select event_id, event_name, error_class from {Retained.Events} where {dead.Where} order by at, event_id limit @limit";
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, db => db.ListAsync<SelectedDeadLetter>(sql, dead.Parameters), ct);
        }
    }
}

internal sealed record SelectedDeadLetter(string EventId, string EventName, string? ErrorClass);
