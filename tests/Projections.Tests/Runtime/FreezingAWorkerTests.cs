using EventEngine.Domain.Ingestion;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>Two real workers; the one that leads is frozen, woken and killed while entries arrive.</summary>
public sealed class FreezingAWorkerTests
{
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(5);
    private static readonly int Projections = typeof(IProjection).Assembly.GetTypes().Count(type => type is { IsAbstract: false, IsClass: true } && type.IsAssignableTo(typeof(IProjection)));

    [Fact]
    public async Task A_frozen_leader_is_replaced_in_time_writes_nothing_when_it_wakes_and_may_lead_again()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await using var first = WorkerProcess.Start(pipeline, "run");
        await LeadsAsync(pipeline, first, TimeSpan.FromSeconds(30));
        await using var second = WorkerProcess.Start(pipeline, "run");
        using var enough = new CancellationTokenSource();
        var feeding = FeedAsync(pipeline, enough.Token);
        await StandsByAsync(pipeline, second);

        await first.FreezeAsync();
        await LeadsAsync(pipeline, second, TakeOver);
        await first.WakeAsync();
        await StandsByAsync(pipeline, first);
        await second.KillAsync();
        await LeadsAsync(pipeline, first, TakeOver);

        await enough.CancelAsync();
        var batches = await feeding;
        await pipeline.CaughtUpAsync("entries");
        await using var uninterrupted = await Pipeline.CreateAsync();
        foreach (var batch in batches) await uninterrupted.ReceiveAsync(Shop, batch);
        await uninterrupted.RunAsync(new EntriesProjection());
        (await pipeline.EntriesAsync()).ShouldBe(await uninterrupted.EntriesAsync());
        await first.TerminateAsync();
        (await first.EndsAsync()).ExitCode.ShouldBe(0);
        (await pipeline.ScalarAsync<long>("select count(*) from views.checkpoints where leader is not null")).ShouldBe(0);
    }

    private static async Task<List<List<EntryReported>>> FeedAsync(Pipeline pipeline, CancellationToken ct)
    {
        var fed = new List<List<EntryReported>>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        foreach (var batch in Cut(Lives(seed: 7, events: 100_000), new Random(7)))
        {
            if (ct.IsCancellationRequested) break;
            await pace.WaitForNextTickAsync(CancellationToken.None);
            await pipeline.ReceiveAsync(Shop, batch);
            fed.Add(batch);
        }

        return fed;
    }

    private static Task LeadsAsync(Pipeline pipeline, WorkerProcess worker, TimeSpan within) => Eventually.Becomes(
        async () => await pipeline.ScalarAsync<long>($"select count(*) from views.checkpoints where leader like '% {worker.Id} %'") == Projections, within);

    private static Task StandsByAsync(Pipeline pipeline, WorkerProcess worker) => Eventually.Becomes(async () =>
        await pipeline.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and application_name like 'eventengine leases %'") == 2
        && await pipeline.ScalarAsync<long>($"select count(*) from views.checkpoints where leader like '% {worker.Id} %'") == 0);
}
