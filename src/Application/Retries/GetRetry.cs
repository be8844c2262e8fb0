using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Retries;

/// <exception cref="NotFoundException">The organization has no such app, or the app no such retry.</exception>
public sealed record GetRetry(OrganizationId Organization, AppId App, Guid RetryId) : IRequest<Answer<RetryRow>>
{
    internal sealed class Handler(ReadModels readModels, IPeople people) : IRequestHandler<GetRetry, Answer<RetryRow>>
    {
        private const string Sql = $"select {RetrySql.Columns} from views.retries where app_id = @app and retry_id = @RetryId and requested_at >= @retained_since";

        public Task<Answer<RetryRow>> Handle(GetRetry query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Retries, async db =>
            {
                var row = await db.FindAsync<RetrySql>(Sql, new { app = query.App.Value, query.RetryId }) ?? throw new NotFoundException("retry");
                return (await RetrySql.NamedAsync([row], people, ct))[0];
            }, ct);
    }
}
