using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>How many events meet the criteria; counting stops at 10,000.</summary>
/// <param name="Whole">Count on, however many events have to be looked through; else counting is given up after as many as for a page.</param>
public sealed record CountEvents(OrganizationId Organization, AppId App, EventCriteria Criteria, bool Whole = false) : IRequest<Answer<EventCount>>
{
    public sealed class Validator : AbstractValidator<CountEvents>
    {
        public Validator() => RuleFor(query => query.Criteria).SetValidator(new EventCriteria.Validator());
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<CountEvents, Answer<EventCount>>
    {
        public Task<Answer<EventCount>> Handle(CountEvents query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, async db =>
            {
                var scope = await EventSearch.FindAsync(db, new EventSql(query.App), query.Criteria);
                scope.Sql.With("most", EventCount.Most + 1).With("judged", query.Whole ? long.MaxValue : scope.AtMost);
                var count = await db.SingleAsync<long>(Matching(scope), scope.Sql.Parameters);
                if (count > EventCount.Most) return new EventCount(EventCount.Most, IsExact: false);
                return new EventCount(count, query.Whole || !scope.IsJudged || !await HasMoreAsync(db, scope));
            }, ct);

        private static string Matching(EventScope scope)
        {
            var rows = $"select * from {Retained.Events} where {scope.Sql.Where}";
            var judged = scope.IsJudged ? $"select * from ({rows} order by at desc, event_id limit @judged) as event_entries where {scope.Sql.Judged}" : rows;
            return $"select count(*) from ({judged} limit @most) as counted";
        }

        private static Task<bool> HasMoreAsync(ReadSnapshot db, EventScope scope) => db.SingleAsync<bool>(
            $"select exists (select 1 from {Retained.Events} where {scope.Sql.Where} order by at desc, event_id offset @judged)", scope.Sql.Parameters);
    }
}

/// <param name="IsExact">False: at least that many.</param>
public sealed record EventCount(long Count, bool IsExact)
{
    public const int Most = 10_000;
}
