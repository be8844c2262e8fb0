using System.Collections.Concurrent;
using EventEngine.Infrastructure.Postgres;

namespace EventEngine.Infrastructure.Shared;

/// <summary>
/// Threads for work that nobody waits for: they give way to all others while the cores are busy (on Linux; elsewhere they are like any). What
/// is begun here comes back here after each await.
/// </summary>
public sealed class BackgroundScheduler : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];

    /// <param name="threads">So many tasks make progress at a time.</param>
    public BackgroundScheduler(int threads)
    {
        for (var i = 0; i < threads; i++) new Thread(Work) { IsBackground = true, Name = "background" }.Start();
    }

    // Whoever waits goes on where it was, not here.
    public async Task RunAsync(Func<Task> work) =>
        await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    /// <summary>To be called when all work has ended: what comes yet is done by others.</summary>
    public void Dispose() => _tasks.CompleteAdding();

    protected override void QueueTask(Task task)
    {
        try
        {
            _tasks.Add(task);
        }
        catch (InvalidOperationException) // disposed
        {
            ThreadPool.UnsafeQueueUserWorkItem(late => TryExecuteTask(late), task, preferLocal: false);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _tasks];

    private void Work()
    {
        Posix.GiveWay();
        foreach (var task in _tasks.GetConsumingEnumerable()) TryExecuteTask(task);
    }
}
