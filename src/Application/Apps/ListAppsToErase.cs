using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>Apps that were deleted before a time, and whose reports are still in the store; across tenants.</summary>
public sealed record ListAppsToErase(DateTimeOffset DeletedBefore) : IRequest<IReadOnlyList<AppToErase>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListAppsToErase, IReadOnlyList<AppToErase>>
    {
        private const string Sql = """
            select app_id, registered_at, deleted_at from views.apps
            where deleted_at < @before and erased_at is null order by deleted_at, app_id
            """;

        public async Task<IReadOnlyList<AppToErase>> Handle(ListAppsToErase query, CancellationToken ct)
        {
            var before = query.DeletedBefore.ToUniversalTime();
            var answer = await readModels.ReadAsync(ProjectionNames.Apps, db => db.ListAsync<Row>(Sql, new { before }), ct);
            return [.. answer.Value.Select(row => new AppToErase(new AppId(row.AppId), row.RegisteredAt, row.DeletedAt))];
        }

        private sealed record Row(Guid AppId, DateTimeOffset RegisteredAt, DateTimeOffset DeletedAt);
    }
}

public sealed record AppToErase(AppId App, DateTimeOffset RegisteredAt, DateTimeOffset DeletedAt);
