using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>How many events meet the criteria; counting stops at 10,000.</summary>
public sealed record CountEvents(OrganizationId Organization, AppId App, EventCriteria Criteria) : IRequest<Answer<EventCount>>
{
    public sealed class Validator : AbstractValidator<CountEvents>
    {
        public Validator() => RuleFor(query => query.Criteria).SetValidator(new EventCriteria.Validator());
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<CountEvents, Answer<EventCount>>
    {
        private const int Most = 10_000;

        public Task<Answer<EventCount>> Handle(CountEvents query, CancellationToken ct)
        {
            var events = new EventSql(query.App).And(query.Criteria).With("limit", Most + 1);
            var sql = $"select count(*) from (select 1 from {EventSearch.Rows(events, query.Criteria.Q, place: null, "limit @limit")} limit @limit) counted";
            return readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var count = await db.SingleAsync<long>(sql, events.Parameters);
                return new EventCount(Math.Min(count, Most), count <= Most);
            }, ct);
        }
    }
}

/// <param name="IsExact">False: at least that many.</param>
public sealed record EventCount(long Count, bool IsExact);
