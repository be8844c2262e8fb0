using EventEngine.Projections.Entries;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>The command line as an operator uses it, killed or left without its database in the middle of the work.</summary>
public sealed class KillingARebuildTests
{
    private const string Gate = "begin; lock table views.gate in access share mode"; // as a query that takes long: nothing is swapped meanwhile

    private const string EndsWhoAsks = """
        select coalesce(bool_or(pg_terminate_backend(pid)), false) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query ilike '%insert into app.rebuilds%'
        """;

    [Fact]
    public async Task Killed_in_the_middle_the_same_command_goes_on_from_there()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        foreach (var batch in Lives(seed: 9, events: 30_000).Chunk(1_000)) await pipeline.ReceiveAsync(Shop, batch);
        await pipeline.RunAsync(new EntriesProjection());
        var before = await pipeline.EntriesAsync();

        await using (await pipeline.HoldAsync(Gate)) // the build can't end before it is killed
        await using (var killed = WorkerProcess.Start(pipeline, "rebuild", "entries"))
        {
            await Eventually.Becomes(async () => await BuiltAsync(pipeline) > 0, TimeSpan.FromSeconds(60));
            await killed.KillAsync();
        }

        var built = await BuiltAsync(pipeline);
        await using var again = WorkerProcess.Start(pipeline, "rebuild", "entries");
        var (code, output) = await again.EndsAsync();

        code.ShouldBe(0, output);
        output.ShouldContain("something is going on already");
        output.ShouldContain("entries: swapped in");
        (await pipeline.EntriesAsync()).ShouldBe(before);
        var row = (await pipeline.Rebuilds.NewestAsync(CancellationToken.None)).Single();
        row.Applied.ShouldBeGreaterThanOrEqualTo(built);
        (await pipeline.ScalarAsync<long>("select applied from views.checkpoints where projection = 'entries'")).ShouldBe(row.Applied);
    }

    [Theory]
    [InlineData("verify", "nothing", 2)]
    [InlineData("verify", "entries", 0)]
    [InlineData("rebuild", "entries", 2, "--rollback")]
    [InlineData("rebuild", "entries", 0, "--cancel")]
    public async Task Its_exit_code_tells_what_came_of_it(string command, string projection, int expected, params string[] options)
    {
        await using var pipeline = await Pipeline.CreateAsync();

        await using var process = WorkerProcess.Start(pipeline, [command, projection, .. options]);
        var (code, output) = await process.EndsAsync();

        code.ShouldBe(expected, output);
        (await pipeline.SchemasAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_outlasts_a_database_that_goes_away_while_it_watches()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        foreach (var batch in Lives(seed: 9, events: 30_000).Chunk(1_000)) await pipeline.ReceiveAsync(Shop, batch);
        await pipeline.RunAsync(new EntriesProjection());
        var before = await pipeline.EntriesAsync();
        var gate = await pipeline.HoldAsync(Gate); // it can't end before the database has gone
        await using var process = WorkerProcess.Start(pipeline, "rebuild", "entries");
        await Eventually.Becomes(async () => await BuiltAsync(pipeline) > 0, TimeSpan.FromSeconds(60));

        await using (await pipeline.TakeDatabaseAwayAsync(except: gate.ProcessID))
            await Eventually.Becomes(() => process.Said.Contains("The database does not answer; waiting for it"), TimeSpan.FromSeconds(30));
        await gate.DisposeAsync();
        var (code, output) = await process.EndsAsync();

        code.ShouldBe(0, output);
        output.ShouldContain("entries: swapped in");
        (await pipeline.EntriesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_it_could_not_even_ask_for_has_failed_and_does_not_differ()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await using var busy = await pipeline.HoldAsync("begin; lock table app.rebuilds in exclusive mode");
        await using var process = WorkerProcess.Start(pipeline, "verify", "entries");

        await Eventually.Becomes(() => pipeline.ScalarAsync<bool>(EndsWhoAsks), TimeSpan.FromSeconds(30));
        var (code, output) = await process.EndsAsync();

        code.ShouldBe(2, output);
    }

    private static async Task<long> BuiltAsync(Pipeline pipeline) =>
        await pipeline.ScalarAsync<bool>("select to_regclass('build_entries.checkpoints') is not null")
            ? await pipeline.ScalarAsync<long>("select coalesce(max(applied), 0) from build_entries.checkpoints")
            : 0;
}
