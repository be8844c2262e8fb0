using EventEngine.Application.Pipeline;

namespace EventEngine.Projections.CommandLine;

/// <summary>A line at every change of state, and every five seconds.</summary>
internal sealed class RebuildLines(TimeProvider time) : RebuildDisplay
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly Dictionary<Guid, (string State, long At)> _shown = [];

    public override void Show(IReadOnlyList<RebuildRow> rows)
    {
        foreach (var row in rows)
        {
            if (_shown.TryGetValue(row.Id, out var last) && last.State == row.State && (row.IsFinished || time.GetElapsedTime(last.At) < Every)) continue;
            _shown[row.Id] = (row.State, time.GetTimestamp());
            Console.WriteLine($"{row.Projection}\t{row.State}\t{row.Position?.ToString() ?? "-"} of {row.Head?.ToString() ?? "-"}\t{row.Applied} events\t{row.PerSecond ?? 0:0}/s\t{Left(row)}");
        }
    }

    public override void Say(string line) => Console.WriteLine(line);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
