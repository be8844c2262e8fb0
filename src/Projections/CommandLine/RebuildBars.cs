using System.Collections.Concurrent;
using EventEngine.Application.Pipeline;
using Spectre.Console;

namespace EventEngine.Projections.CommandLine;

/// <summary>A bar for each projection, drawn until it is disposed.</summary>
internal sealed class RebuildBars : RebuildDisplay
{
    private readonly ConcurrentDictionary<Guid, ProgressTask> _bars = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProgressContext> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawn;

    public RebuildBars() => _drawn = AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
        .StartAsync(context =>
        {
            _begun.SetResult(context);
            return _ended.Task;
        });

    public override void Show(IReadOnlyList<RebuildRow> rows)
    {
        if (!_begun.Task.IsCompletedSuccessfully) return;
        foreach (var row in rows)
        {
            var bar = _bars.GetOrAdd(row.Id, _ => _begun.Task.Result.AddTask(row.Projection, maxValue: 1));
            bar.Value = row.Share;
            bar.Description = Markup.Escape($"{row.Projection} {row.State} {row.Applied:N0} events {row.PerSecond ?? 0:N0}/s {Left(row)}");
        }
    }

    public override void Say(string line) => AnsiConsole.WriteLine(line); // above the bars

    public override async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _drawn;
    }
}
