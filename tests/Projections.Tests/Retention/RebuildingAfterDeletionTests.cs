using EventEngine.Application.Retention;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Retention;

/// <summary>What is shown live is what a rebuild gives, whatever was received, closed, deleted and received late.</summary>
public sealed class RebuildingAfterDeletionTests
{
    /// <summary>What groups of dead letters count is what the rows of events add up to.</summary>
    private const string DeathsNotInRows = """
        select * from (select app_id, fingerprint, event_name, event_version, hour, received_on, dead, ever from views.death_hours) counted
        full join (select app_id, fingerprint, event_name, coalesce(event_version, -1) as event_version, date_trunc('hour', dead_lettered_at, 'UTC') as hour,
                          received_on, count(*) filter (where status = 2) as dead, count(*) as ever
                   from views.event_entries where fingerprint is not null group by 1, 2, 3, 4, 5, 6) summed
        using (app_id, fingerprint, event_name, event_version, hour, received_on, dead, ever)
        where counted.app_id is null or summed.app_id is null
        """;

    private static readonly AppId Other = new(Guid.Parse("22222222-2222-2222-2222-222222222222"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Live_and_rebuilt_are_the_same_after_any_history(int seed)
    {
        var random = new Random(seed);
        await using var books = await Books.OpenAsync(Shop, Other);
        var deleted = 0;
        for (var step = 0; step < 28; step++)
        {
            books.Clock.Now += TimeSpan.FromMinutes(random.Next(5, 800));
            await ReceiveAsync(books, random);
            if (random.Next(4) > 0) continue;
            deleted += (await books.RunAsync()).Count(done => done is { Step.Action: RetentionAction.Delete, Outcome: DayOutcome.Done });
            if (random.Next(2) == 0) (await books.DifferencesAsync(seed)).ShouldBeEmpty($"step {step}");
        }

        await books.CaughtUpAsync();
        (await books.DifferencesAsync(seed)).ShouldBeEmpty();
        (await books.Pipeline.RowsAsync(DeathsNotInRows)).ShouldBeEmpty();
        deleted.ShouldBeGreaterThan(0);
        (await books.Pipeline.ScalarAsync<decimal>("select sum(received - stored - duplicate - rejected - refused) from views.ledger_hours")).ShouldBe(0);
    }

    private static async Task ReceiveAsync(Books books, Random random)
    {
        var at = books.Clock.Now;
        var app = random.Next(3) == 0 ? Other : Shop;
        EntryReported[] entries = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Any(random, at))];
        await books.Pipeline.ReceiveAsync(app, entries);
        var stream = StreamName.Entries(app, DateOnly.FromDateTime(at.UtcDateTime));
        if (random.Next(4) == 0) await books.Pipeline.AppendAsync(stream, new BatchReceived(at, 1, null), new EntryRejected(at, 0, "event_id is missing"));
        if (random.Next(6) == 0) await books.Pipeline.AppendAsync(stream, new EntriesRefused(at, 3, "quota"));
    }

    // Few ids, so that the same ones come again on the same day, the next, and days later; few times, so that entries repeat.
    private static EntryReported Any(Random random, DateTimeOffset at)
    {
        var status = (EntryStatus)random.Next(3);
        var time = random.Next(6) switch
        {
            0 => at.AddMinutes(10),
            1 => Noon.AddHours(6 * random.Next(-2, 30)),
            2 => at.AddDays(-random.Next(1, 4)),
            _ => new DateTimeOffset(at.UtcDateTime.Date.AddHours(random.Next(3)), TimeSpan.Zero),
        };
        return new EntryReported(at, $"{random.Next(7)}", random.Next(5) == 0 ? "order_shipped" : "order_placed", status, time)
        {
            Attempts = random.Next(3) == 0 ? random.Next(3) : null,
            LatencyMs = random.Next(3) == 0 ? random.Next(5_000) / 7d : null,
            OccurredAt = random.Next(3) == 0 ? time.AddSeconds(-random.Next(90)) : null,
            AggregateId = random.Next(4) == 0 ? $"{random.Next(3)}" : null,
            ErrorClass = status == EntryStatus.DeadLettered ? new[] { "Timeout", "Refused", null }[random.Next(3)] : null,
            ErrorMessage = status == EntryStatus.DeadLettered ? $"no {random.Next(3)}" : null,
        };
    }
}
