using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.DeadLetters;

/// <summary>What was decided last of an app's groups of dead letters.</summary>
public sealed record ListDecidedGroups(OrganizationId Organization, AppId App) : IRequest<Answer<IReadOnlyDictionary<ErrorFingerprint, DecidedGroup>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListDecidedGroups, Answer<IReadOnlyDictionary<ErrorFingerprint, DecidedGroup>>>
    {
        private const string Sql = "select fingerprint, decision::int as decision, at, person_id, until, more from views.decided_groups where app_id = @app";

        public Task<Answer<IReadOnlyDictionary<ErrorFingerprint, DecidedGroup>>> Handle(ListDecidedGroups query, CancellationToken ct) =>
            readModels.ForAppAsync<IReadOnlyDictionary<ErrorFingerprint, DecidedGroup>>(query.Organization, query.App, ProjectionNames.DeadLetters, async db =>
                (await db.ListAsync<Row>(Sql, new { app = query.App.Value })).ToDictionary(row => new ErrorFingerprint(row.Fingerprint), row => row.ToDecided()), ct);

        private sealed record Row(long Fingerprint, int Decision, DateTimeOffset At, Guid? PersonId, DateTimeOffset? Until, int? More)
        {
            public DecidedGroup ToDecided() => new((GroupDecision)Decision, At, PersonId, Until, More);
        }
    }
}
