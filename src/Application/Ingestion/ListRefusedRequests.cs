using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Ingestion;

/// <summary>Why requests of an app were turned away whole in the last 24 hours, latest first.</summary>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record ListRefusedRequests(OrganizationId Organization, AppId App) : IRequest<Answer<IReadOnlyList<RefusedRequest>>>
{
    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<ListRefusedRequests, Answer<IReadOnlyList<RefusedRequest>>>
    {
        private const string Sql = """
            select reason, message, first_at, last_at, count from app.refused_requests
            where app_id = @app and last_at > @since order by last_at desc, reason, message
            """;

        public Task<Answer<IReadOnlyList<RefusedRequest>>> Handle(ListRefusedRequests query, CancellationToken ct) =>
            readModels.ForAppAsync(
                query.Organization, query.App, ProjectionNames.Apps,
                db => db.ListAsync<RefusedRequest>(Sql, new { app = query.App.Value, since = time.GetUtcNow().AddDays(-1).ToUniversalTime() }), ct);
    }
}

public sealed record RefusedRequest(string Reason, string Message, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Count);
