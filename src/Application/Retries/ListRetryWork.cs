using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>The retries of all tenants with something left to do: a hint for those who run them, who then read the streams.</summary>
/// <param name="ConfirmSince">Those that ended before are no longer looked after.</param>
internal sealed record ListRetryWork(DateTimeOffset ConfirmSince) : IRequest<IReadOnlyList<RetryWork>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListRetryWork, IReadOnlyList<RetryWork>>
    {
        private const string Sql = """
            select app_id, retry_id, state, accepted + unconfirmed as waiting, changed_at from views.retries
            where state <> 'finished' or (accepted + unconfirmed > 0 and finished_at > @ConfirmSince)
            order by requested_at, retry_id
            """;

        public async Task<IReadOnlyList<RetryWork>> Handle(ListRetryWork query, CancellationToken ct)
        {
            var rows = await readModels.ReadAsync(ProjectionNames.Retries, db => db.ListAsync<Row>(Sql, new { query.ConfirmSince }), ct);
            return [.. rows.Value.Select(row => new RetryWork(new AppId(row.AppId), row.RetryId, row.State is not ("paused" or "finished"), row.Waiting, row.ChangedAt))];
        }

        private sealed record Row(Guid AppId, Guid RetryId, string State, int Waiting, DateTimeOffset ChangedAt);
    }
}

/// <param name="MaySend">There is something to do beside waiting for the app's reports.</param>
/// <param name="Waiting">Sent items of which the app has not reported since.</param>
/// <param name="ChangedAt">When the retry last did something.</param>
internal sealed record RetryWork(AppId App, Guid Retry, bool MaySend, int Waiting, DateTimeOffset ChangedAt);
