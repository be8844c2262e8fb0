using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>How many events, by status, go with a day: those that nothing was heard of since. For the deletion of days: it asks for no organization.</summary>
public sealed record CountForgotten(AppId App, DateOnly Day) : IRequest<ForgottenEvents>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<CountForgotten, ForgottenEvents>
    {
        private const string Sql = """
            select count(*) as events, count(*) filter (where status = 0) as pending, count(*) filter (where status = 1) as published,
                   count(*) filter (where status = 2) as dead_lettered, count(latency_us) as latency_count, coalesce(sum(latency_us), 0)::bigint as latency_sum_us
            from views.event_entries where app_id = @app and received_on = @day
            """;

        public async Task<ForgottenEvents> Handle(CountForgotten query, CancellationToken ct)
        {
            var key = new { app = query.App.Value, day = query.Day };
            return (await readModels.ReadAsync(ProjectionNames.Entries, db => db.SingleAsync<ForgottenEvents>(Sql, key), ct)).Value;
        }
    }
}

public sealed record ForgottenEvents(long Events, long Pending, long Published, long DeadLettered, long LatencyCount, long LatencySumUs);
