namespace EventEngine.Bench;

/// <summary>Collects what was measured and prints it as a Markdown table, ratio beside target.</summary>
public sealed class Report
{
    private readonly List<string[]> _rows = [];

    /// <param name="met">Null where a figure has no target.</param>
    public void Add(string measure, string figure, string against, string ratio, string target, bool? met)
    {
        string[] row = [measure, figure, against, ratio, target, met is null ? "" : met.Value ? "met" : "**missed**"];
        _rows.Add(row);
        Console.WriteLine("  " + string.Join(" | ", row));
    }

    public void Print()
    {
        Console.WriteLine("\n| measure | figure | against (same run) | ratio | target | |\n|---|---|---|---|---|---|");
        foreach (var row in _rows) Console.WriteLine($"| {string.Join(" | ", row)} |");
    }

    /// <summary>Of the machine, in the last minute.</summary>
    public static string Load => $"load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}";

    /// <summary>Median with range, as text.</summary>
    public static string Spread(IReadOnlyList<double> values, string format = "N0") =>
        $"{Median(values).ToString(format)} ({values.Min().ToString(format)}–{values.Max().ToString(format)})";

    public static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}
