using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>How many events of each group died after a time of its own; counting stops at the number that matters.</summary>
public sealed record CountDeathsSince(OrganizationId Organization, AppId App, IReadOnlyCollection<CountedGroup> Groups)
    : IRequest<Answer<IReadOnlyDictionary<ErrorFingerprint, long>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<CountDeathsSince, Answer<IReadOnlyDictionary<ErrorFingerprint, long>>>
    {
        private const string Sql = $"""
            select k.fingerprint, (select count(*) from (select 1 from {Retained.Events}
                where app_id = @app and fingerprint = k.fingerprint and dead_lettered_at > k.since limit k.most) as counted) as died
            from unnest(@fingerprints, @since, @most) as k (fingerprint, since, most)
            """;

        public Task<Answer<IReadOnlyDictionary<ErrorFingerprint, long>>> Handle(CountDeathsSince query, CancellationToken ct)
        {
            var keys = new
            {
                app = query.App.Value,
                fingerprints = query.Groups.Select(group => group.Group.Value).ToArray(),
                since = query.Groups.Select(group => group.Since).ToArray(),
                most = query.Groups.Select(group => group.Most).ToArray(),
            };
            return readModels.ForAppAsync<IReadOnlyDictionary<ErrorFingerprint, long>>(query.Organization, query.App, ProjectionNames.Entries, async db =>
                (await db.ListAsync<Row>(Sql, keys)).ToDictionary(row => new ErrorFingerprint(row.Fingerprint), row => row.Died), ct);
        }

        private sealed record Row(long Fingerprint, long Died);
    }
}

public readonly record struct CountedGroup(ErrorFingerprint Group, DateTimeOffset Since, int Most);
