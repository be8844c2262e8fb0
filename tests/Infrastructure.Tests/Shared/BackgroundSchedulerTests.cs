using EventEngine.Infrastructure.Shared;

namespace EventEngine.Infrastructure.Tests.Shared;

/// <summary>Threads that give way to those that somebody waits for.</summary>
public sealed class BackgroundSchedulerTests
{
    [Fact]
    public async Task Work_comes_back_to_threads_that_give_way_after_each_await()
    {
        using var scheduler = new BackgroundScheduler(threads: 2);
        var usual = NicenessOfThisThread();
        var seen = new List<int>();
        await scheduler.RunAsync(async () =>
        {
            seen.Add(NicenessOfThisThread());
            await Task.Yield();
            seen.Add(NicenessOfThisThread());
            await Task.Run(() => seen.Add(NicenessOfThisThread()));
            seen.Add(NicenessOfThisThread());
        });
        seen.ShouldBe([10, 10, usual, 10]);
        NicenessOfThisThread().ShouldBe(usual);
    }

    [Fact]
    public async Task What_fails_is_told_to_whoever_waits_for_it()
    {
        using var scheduler = new BackgroundScheduler(threads: 1);
        await Should.ThrowAsync<InvalidDataException>(scheduler.RunAsync(async () =>
        {
            await Task.Yield();
            throw new InvalidDataException();
        }));
        await scheduler.RunAsync(() => Task.CompletedTask);
    }

    private static int NicenessOfThisThread() => int.Parse(File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ')[16]); // proc_pid_stat(5): field 19
}
