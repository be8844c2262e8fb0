using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>The event names that an app has used since a time, in no order, at most so many. For the way in, which knows the app by its key.</summary>
public sealed record ListEventNames(AppId App, DateTimeOffset Since, int Limit) : IRequest<IReadOnlyCollection<string>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListEventNames, IReadOnlyCollection<string>>
    {
        private const string Sql =
            $"select distinct event_name from views.rollup_hours where app_id = @app and {RollupSql.EveryName} and hour > @since limit @limit";

        public async Task<IReadOnlyCollection<string>> Handle(ListEventNames query, CancellationToken ct)
        {
            var parameters = new { app = query.App.Value, since = query.Since, limit = query.Limit };
            var answer = await readModels.ReadAsync(ProjectionNames.Entries, db => db.ListAsync<string>(Sql, parameters), ct);
            return [.. answer.Value];
        }
    }
}
