using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Retention;
using MediatR;

namespace EventEngine.Application.Heartbeats;

/// <summary>What an app's batches have said of its life so far; null when nothing is known. For the closing of books: it asks for no organization.</summary>
public sealed record GetClosedSigns(AppId App) : IRequest<Answer<ClosedSigns?>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<GetClosedSigns, Answer<ClosedSigns?>>
    {
        private const string Sql = "select last_seen_at, usual_gap_ms, reporter_version from views.app_health where app_id = @app";

        public Task<Answer<ClosedSigns?>> Handle(GetClosedSigns query, CancellationToken ct) =>
            readModels.ReadAsync(ProjectionNames.Heartbeats, db => db.FindAsync<ClosedSigns>(Sql, new { app = query.App.Value }), ct);
    }
}
