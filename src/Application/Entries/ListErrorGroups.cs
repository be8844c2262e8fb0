using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>
/// What events of an app died of, one group for each kind of error, the largest first; events that were published since count as well.
/// Criteria are met by events, and only these are counted.
/// </summary>
/// <param name="TrendFrom">Start of the hours whose deaths are given; null: none.</param>
public sealed record ListErrorGroups(OrganizationId Organization, AppId App, DeadLetterCriteria Criteria, DateTimeOffset? TrendFrom = null)
    : IRequest<Answer<ErrorGroups>>
{
    /// <summary>Nobody reads more; whoever has more has messages that no rule understands.</summary>
    public const int Most = 1_000;

    public sealed class Validator : AbstractValidator<ListErrorGroups>
    {
        public Validator() => RuleFor(query => query.Criteria).SetValidator(new DeadLetterCriteria.Validator());
    }

    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListErrorGroups, Answer<ErrorGroups>>
    {
        // One group after the other, by two ends of an index.
        private const string Ends = $"""
            select k.fingerprint, latest.*, earliest.first_at from unnest(@fingerprints) as k (fingerprint)
            cross join lateral (select dead_lettered_at as last_at, event_id, error_class, error_message from {Retained.Events}
                where app_id = @app and fingerprint = k.fingerprint order by dead_lettered_at desc, event_id desc limit 1) latest
            cross join lateral (select first_died_at as first_at from {Retained.Events}
                where app_id = @app and fingerprint = k.fingerprint order by first_died_at limit 1) earliest
            """;

        private const string Trend = """
            select fingerprint, hour, sum(ever)::bigint as died from views.death_hours
            where app_id = @app and hour >= @from and fingerprint = any(@fingerprints) group by 1, 2
            """;

        public Task<Answer<ErrorGroups>> Handle(ListErrorGroups query, CancellationToken ct) =>
            readModels.ForAppAsync(query.Organization, query.App, ProjectionNames.Entries, db => ReadAsync(db, query), ct);

        private static async Task<ErrorGroups> ReadAsync(ReadSnapshot db, ListErrorGroups query)
        {
            var counts = await ErrorGroupCounts.ReadAsync(db, query.App, query.Criteria);
            var fingerprints = counts.Select(group => group.Key).Take(Most).ToArray();
            var keys = new { app = query.App.Value, fingerprints, from = query.TrendFrom };
            var ends = (await db.ListAsync<EndsRow>(Ends, keys)).ToDictionary(row => row.Fingerprint);
            var trend = query.TrendFrom is null ? [] : await db.ListAsync<TrendRow>(Trend, keys);
            var trends = trend.ToLookup(row => row.Fingerprint, row => new DeathsInHour(row.Hour, row.Died));
            var groups = counts.Where(group => ends.ContainsKey(group.Key)).Select(group => GroupOf(group, ends[group.Key], [.. trends[group.Key]]));
            return new ErrorGroups([.. groups], counts.Count <= Most);
        }

        private static ErrorGroup GroupOf(IGrouping<long, ErrorGroupCount> counts, EndsRow ends, IReadOnlyList<DeathsInHour> trend) => new(
            new ErrorFingerprint(counts.Key), ends.ErrorClass, ErrorPattern.Of(ends.ErrorMessage), ends.ErrorMessage, ends.EventId,
            counts.Sum(row => row.Dead), counts.Sum(row => row.Ever),
            counts.Min(row => row.FirstAt) ?? ends.FirstAt, counts.Max(row => row.LastAt) ?? ends.LastAt,
            [.. counts.GroupBy(row => row.EventName).OrderByDescending(name => name.Sum(row => row.Ever)).Select(name => name.Key)],
            [.. counts.Select(row => row.EventVersion).Where(version => version >= 0).Distinct().Order()], trend);

        private sealed record EndsRow(long Fingerprint, DateTimeOffset LastAt, string EventId, string? ErrorClass, string? ErrorMessage, DateTimeOffset FirstAt);

        private sealed record TrendRow(long Fingerprint, DateTimeOffset Hour, long Died);
    }
}

/// <param name="IsComplete">False: there are more, smaller ones.</param>
public sealed record ErrorGroups(IReadOnlyList<ErrorGroup> Groups, bool IsComplete);

/// <param name="SampleMessage">Of the latest death, <paramref name="SampleEventId"/>.</param>
/// <param name="Dead">Dead-lettered now.</param>
/// <param name="Ever">With those that were published since.</param>
/// <param name="FirstAt">Earliest death by this error, of the events that count.</param>
public sealed record ErrorGroup(
    ErrorFingerprint Fingerprint,
    string? ErrorClass,
    string MessagePattern,
    string? SampleMessage,
    string SampleEventId,
    long Dead,
    long Ever,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    IReadOnlyList<string> EventNames,
    IReadOnlyList<int> Versions,
    IReadOnlyList<DeathsInHour> Trend);

public readonly record struct DeathsInHour(DateTimeOffset Hour, long Died);
