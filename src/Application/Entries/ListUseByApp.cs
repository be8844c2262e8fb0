using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Distinct events of every app in some days (UTC), across tenants: for those who watch quotas, never for showing.</summary>
/// <param name="To">Exclusive.</param>
public sealed record ListUseByApp(DateOnly From, DateOnly To) : IRequest<IReadOnlyDictionary<AppId, long>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListUseByApp, IReadOnlyDictionary<AppId, long>>
    {
        private const string Sql = "select app_id, sum(events)::bigint as events from views.daily_usage where day >= @From and day < @To group by app_id";

        public async Task<IReadOnlyDictionary<AppId, long>> Handle(ListUseByApp query, CancellationToken ct)
        {
            var answer = await readModels.ReadAsync(ProjectionNames.Entries, db => db.ListAsync<Row>(Sql, new { query.From, query.To }), ct);
            return answer.Value.ToDictionary(row => new AppId(row.AppId), row => row.Events);
        }

        private sealed record Row(Guid AppId, long Events);
    }
}
