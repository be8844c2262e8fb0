using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>What an app used of the plan, month by month: for its end, which comes without a tenant.</summary>
public sealed record ListUsedMonths(AppId App) : IRequest<IReadOnlyList<MonthOfUse>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListUsedMonths, IReadOnlyList<MonthOfUse>>
    {
        private const string Sql = """
            select date_trunc('month', day)::date as month, sum(events)::bigint as events from views.daily_usage where app_id = @app group by 1 order by 1
            """;

        public async Task<IReadOnlyList<MonthOfUse>> Handle(ListUsedMonths query, CancellationToken ct)
        {
            var answer = await readModels.ReadAsync(ProjectionNames.Entries, db => db.ListAsync<Row>(Sql, new { app = query.App.Value }), ct);
            return [.. answer.Value.Select(row => new MonthOfUse(row.Month, row.Events))];
        }

        private sealed record Row(DateOnly Month, long Events);
    }
}
