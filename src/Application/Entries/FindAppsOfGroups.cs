using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>In which apps of the organization events died of these.</summary>
public sealed record FindAppsOfGroups(OrganizationId Organization, IReadOnlyCollection<ErrorFingerprint> Groups)
    : IRequest<Answer<IReadOnlyList<AppOfGroup>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<FindAppsOfGroups, Answer<IReadOnlyList<AppOfGroup>>>
    {
        private const string Sql = """
            select a.app_id, k.fingerprint from unnest(@apps) as a (app_id) cross join unnest(@fingerprints) as k (fingerprint)
            where exists (select 1 from views.death_hours d where d.app_id = a.app_id and d.fingerprint = k.fingerprint and d.received_on >= @retained_day)
              and @retained_since is not null
            """;

        public Task<Answer<IReadOnlyList<AppOfGroup>>> Handle(FindAppsOfGroups query, CancellationToken ct)
        {
            long[] fingerprints = [.. query.Groups.Select(group => group.Value)];
            return readModels.ForAppsOfAsync<IReadOnlyList<AppOfGroup>>(query.Organization, ProjectionNames.Entries, async (db, apps) =>
            {
                var found = await db.ListAsync<Row>(Sql, new { apps, fingerprints });
                return [.. found.Select(row => new AppOfGroup(new AppId(row.AppId), new ErrorFingerprint(row.Fingerprint)))];
            }, ct);
        }

        private sealed record Row(Guid AppId, long Fingerprint);
    }
}

public sealed record AppOfGroup(AppId App, ErrorFingerprint Group);
