using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Deploys;

/// <summary>The deploys of an app, latest first, at most <paramref name="Limit"/>.</summary>
public sealed record ListDeploys(OrganizationId Organization, AppId App, DateTimeOffset? From = null, DateTimeOffset? To = null, int Limit = 50)
    : IRequest<Answer<IReadOnlyList<Deploy>>>, ITimeRange
{
    public sealed class Validator : AbstractValidator<ListDeploys>
    {
        public Validator()
        {
            Include(TimeRangeRules.Open);
            RuleFor(query => query.Limit).IsPageSize();
        }
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListDeploys, Answer<IReadOnlyList<Deploy>>>
    {
        private const string Sql = """
            select version, at, revision, url from views.deploys
            where app_id = @app and at >= coalesce(@from, '-infinity') and at < coalesce(@to, 'infinity') order by at desc, version desc limit @limit
            """;

        public Task<Answer<IReadOnlyList<Deploy>>> Handle(ListDeploys query, CancellationToken ct) => readModels.ForAppAsync(
            query.Organization, query.App, ProjectionNames.Deploys,
            db => db.ListAsync<Deploy>(Sql, new { app = query.App.Value, from = query.From, to = query.To, limit = query.Limit }), ct);
    }
}

public sealed record Deploy(string Version, DateTimeOffset At, string? Revision, string? Url);
