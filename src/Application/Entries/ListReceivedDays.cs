using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Days on which anything was received, of every tenant: for the closing of books, never for showing.</summary>
/// <param name="DeletedSince">Days that were deleted before are left out.</param>
public sealed record ListReceivedDays(DateTimeOffset DeletedSince) : IRequest<IReadOnlyList<ReceivedDayRow>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListReceivedDays, IReadOnlyList<ReceivedDayRow>>
    {
        private const string Sql = """
            select d.app_id as app, d.day, d.closed_at, d.deleted_at,
                   (select coalesce(sum(received), 0)::bigint from views.ledger_hours l
                    where l.app_id = d.app_id and hour >= d.day::timestamp at time zone 'UTC' and hour < (d.day + 1)::timestamp at time zone 'UTC') as received
            from views.received_days d where d.deleted_at is null or d.deleted_at >= @DeletedSince order by d.day, d.app_id
            """;

        public async Task<IReadOnlyList<ReceivedDayRow>> Handle(ListReceivedDays query, CancellationToken ct)
        {
            var answer = await readModels.ReadAsync(ProjectionNames.Entries, db => db.ListAsync<Row>(Sql, query), ct);
            return [.. answer.Value.Select(row => new ReceivedDayRow(new AppId(row.App), row.Day, row.ClosedAt is not null, row.DeletedAt is not null, row.Received))];
        }

        private sealed record Row(Guid App, DateOnly Day, DateTimeOffset? ClosedAt, DateTimeOffset? DeletedAt, long Received);
    }
}

public sealed record ReceivedDayRow(AppId App, DateOnly Day, bool IsClosed, bool IsDeleted, long Received);
