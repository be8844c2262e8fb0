using EventEngine.Application.Pipeline;
using Spectre.Console;

namespace EventEngine.Projections.CommandLine;

/// <summary>Progress as a bar on a terminal, as lines elsewhere; at the end what came of it.</summary>
internal abstract class RebuildDisplay : IAsyncDisposable
{
    public static RebuildDisplay Create(TimeProvider time) =>
        Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive ? new RebuildLines(time) : new RebuildBars();

    public abstract void Show(IReadOnlyList<RebuildRow> rows);

    /// <summary>A line beside the progress.</summary>
    public abstract void Say(string line);

    public abstract ValueTask DisposeAsync();

    /// <returns>The exit code: that of the worst.</returns>
    public int Finish(IReadOnlyList<RebuildRow> rows)
    {
        foreach (var row in rows)
        {
            Console.WriteLine($"{row.Projection}: {Outcome(row)}");
            foreach (var table in row.Report) Print(table);
        }

        return rows.Max(row => row.State switch
        {
            "differs" => RebuildWatch.Differs,
            "failed" => RebuildWatch.Failed,
            "cancelled" => RebuildWatch.Cancelled,
            _ => RebuildWatch.Done,
        });
    }

    public static string Left(RebuildRow row) => row.SecondsLeft is { } seconds ? $"{TimeSpan.FromSeconds(seconds):hh\\:mm\\:ss} left" : "time left not known";

    private static string Outcome(RebuildRow row) => row.State switch
    {
        "swapped" when row.Kind == RebuildKind.Unpark => $"unparked: the new tables are in. `rebuild {row.Projection} --rollback` undoes it.",
        "swapped" => $"swapped in. `rebuild {row.Projection} --rollback` undoes it.",
        "verified" when row.Keep => $"equal, left beside. `rebuild {row.Projection}` swaps it in, `--cancel` drops it.",
        "verified" => "equal to what the store gives.",
        "differs" when row.Kind == RebuildKind.Verify => "differs from what the store gives:",
        "differs" => $"differs, not swapped, left beside. `rebuild {row.Projection} --accept-differences` swaps it in, `--cancel` drops it:",
        "cancelled" => $"cancelled by {row.CancelledBy}; nothing was left.",
        "failed" => $"failed, nothing was changed: {row.Error}",
        _ => "dropped.",
    };

    private static void Print(TableReport table)
    {
        var difference = table.Differs ? $"rebuilt {table.RebuiltRows} rows, digest {table.RebuiltDigest}" : "equal";
        Console.WriteLine($"  {table.Table}: live {table.LiveRows} rows, digest {table.LiveDigest}; {difference}");
        foreach (var row in table.Rows)
            Console.WriteLine($"    {row.Key}\n      live    {row.Live?.ToString() ?? "no such row"}\n      rebuilt {row.Rebuilt?.ToString() ?? "no such row"}");
    }
}
