using EventEngine.Application.Retention;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Apps;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Organizations;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventEngine.Projections.Tests.Retention;

/// <summary>A shop on a plan of two days, whose clock is set by the test; and the read models as a rebuild would give them now.</summary>
internal sealed class Books : IAsyncDisposable
{
    public const int KeptDays = 2;

    private static readonly string[] Tables =
        ["event_entries", "rollup_minutes", "rollup_hours", "app_totals", "ledger_hours", "rejected_entries", "daily_usage", "received_days", "daily_totals", "app_health", "death_hours"];

    private readonly ServiceProvider _services;

    private Books(Pipeline pipeline)
    {
        Pipeline = pipeline;
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddApplication()
            .AddSingleton(pipeline.Store)
            .AddSingleton(pipeline.DataSource)
            .AddSingleton<IStoreHead, NoHead>()
            .Configure<EventEngineOptions>(options => options.Plans.Starter.RetentionDays = KeptDays)
            .BuildServiceProvider();
    }

    public Pipeline Pipeline { get; }

    public SetClock Clock { get; } = new();

    public static async Task<Books> OpenAsync(params AppId[] apps)
    {
        var books = new Books(await Pipeline.CreateAsync());
        var organization = new OrganizationId(Guid.ParseExact(new string('c', 32), "N"));
        await books.Pipeline.AppendAsync(StreamName.Organization(organization), new OrganizationCreated(Feed.Noon, "Shops", "shops", Plan.Starter));
        foreach (var app in apps) await books.Pipeline.AppendAsync(StreamName.App(app), new AppRegistered(Feed.Noon, organization, "Shop", "production"));
        await books.Pipeline.StartAsync(new AppsProjection(), new OrganizationsProjection(), new EntriesProjection(), new HeartbeatsProjection());
        await books.CaughtUpAsync();
        return books;
    }

    public Task<T> SendAsync<T>(IRequest<T> request) => _services.GetRequiredService<IMediator>().Send(request);

    public async Task<IReadOnlyList<(RetentionStep Step, DayOutcome Outcome)>> RunAsync()
    {
        await CaughtUpAsync();
        var done = new List<(RetentionStep, DayOutcome)>();
        foreach (var step in await SendAsync(new PlanRetention())) done.Add((step, await SendAsync(new TakeStep(step))));
        await CaughtUpAsync();
        return done;
    }

    public async Task CaughtUpAsync()
    {
        await Pipeline.CaughtUpAsync(ProjectionNames.Entries);
        await Pipeline.CaughtUpAsync(ProjectionNames.Heartbeats);
    }

    public Task<string> LiveAsync() => DescribeAsync("views");

    /// <summary>Everything again from what the store still has, cut into other batches.</summary>
    public async Task<string> RebuiltAsync(int seed, int largestBatch = 12)
    {
        await using var db = await Pipeline.DataSource.OpenConnectionAsync();
        await ExecuteAsync(db, "drop schema if exists rebuilt cascade; create schema rebuilt; set search_path to rebuilt");
        await RebuildAsync(new EntriesProjection(), db, new Random(seed), largestBatch);
        await RebuildAsync(new HeartbeatsProjection(), db, new Random(seed), largestBatch);
        return await DescribeAsync("rebuilt");
    }

    private async Task RebuildAsync(IProjection projection, NpgsqlConnection db, Random random, int largestBatch)
    {
        await projection.Tables.CreateAsync(db, CancellationToken.None);
        await foreach (var chunk in new FactSource(Pipeline.Store, TimeProvider.System).ReadAsync(null, projection.Wanted, CancellationToken.None))
        {
            for (var rest = chunk.Facts.ToList(); rest.Count > 0;)
            {
                var some = rest.Take(random.Next(largestBatch / 2, largestBatch)).ToList();
                rest.RemoveRange(0, some.Count);
                await using var transaction = await db.BeginTransactionAsync();
                await projection.ApplyAsync(some, db, CancellationToken.None);
                await transaction.CommitAsync();
            }

            if (chunk.CaughtUp) break;
        }
    }

    /// <summary>Rows that are only live, or only in a rebuild.</summary>
    public async Task<IEnumerable<string>> DifferencesAsync(int seed)
    {
        var live = (await LiveAsync()).Split('\n');
        var differences = new List<string>();
        foreach (var largest in new[] { 12, 10_000 })
        {
            var rebuilt = (await RebuiltAsync(seed, largest)).Split('\n');
            differences.AddRange(live.Except(rebuilt).Select(row => $"live: {row}").Concat(rebuilt.Except(live).Select(row => $"rebuilt: {row}")));
        }

        return differences;
    }

    public async Task<string> DescribeAsync(string schema, params string[] tables)
    {
        var rows = new List<string>();
        foreach (var table in tables.Length > 0 ? tables : Tables)
            rows.AddRange((await Pipeline.RowsAsync($"select * from {schema}.{table}")).Order(StringComparer.Ordinal).Select(row => $"{table} {row}"));
        return string.Join('\n', rows);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Pipeline.DisposeAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection db, string sql)
    {
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class NoHead : IStoreHead
    {
        public Application.EventStore.StorePosition? Position => null;

        public TimeSpan LagBehind(Application.EventStore.StorePosition? checkpoint) => TimeSpan.Zero;
    }
}

/// <summary>Tells the time that it was given; everything else goes on as ever.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Feed.Noon;

    public override DateTimeOffset GetUtcNow() => Now;
}
