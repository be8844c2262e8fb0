using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>How many events that are dead-lettered now meet the criteria; counting stops at 10,000.</summary>
public sealed record CountDeadLetters(OrganizationId Organization, AppId App, DeadLetterCriteria Criteria) : IRequest<Answer<EventCount>>
{
    public sealed class Validator : AbstractValidator<CountDeadLetters>
    {
        public Validator() => RuleFor(query => query.Criteria).SetValidator(new DeadLetterCriteria.Validator());
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<CountDeadLetters, Answer<EventCount>>
    {
        private const int Most = 10_000;

        public Task<Answer<EventCount>> Handle(CountDeadLetters query, CancellationToken ct)
        {
            var dead = new EventSql(query.App).And(query.Criteria).With("limit", Most + 1);
            var sql = $"select count(*) from (select 1 from {Retained.Events} where {dead.Where} limit @limit) counted";
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var count = await db.SingleAsync<long>(sql, dead.Parameters);
                return new EventCount(Math.Min(count, Most), count <= Most);
            }, ct);
        }
    }
}
