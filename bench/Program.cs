using EventEngine.Bench;
using EventEngine.Bench.Baselines;
using EventEngine.Bench.Measures;

if (args is ["parse-only", var port])
{
    await ParseOnly.ServeAsync(int.Parse(port));
    return 0;
}

if (args is [] or ["--help"])
{
    Console.WriteLine("dotnet run -c Release --project bench -- all | ingest projections together freshness queries queries-5m explorer dead-letters catalog growth engines rebuilds [--rounds 5] [--seconds 6] [--most 10000000] [--data folder]");
    return 2;
}

var rounds = Option("--rounds", 5);
var duration = TimeSpan.FromSeconds(Option("--seconds", 6));
var most = Option("--most", 10_000_000);
var report = new Report();
Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}, load generator on the same cores");
if (Wanted("ingest")) await Ingest.RunAsync(report, rounds, duration);
if (Wanted("projections"))
{
    await Projecting.AloneAsync(report, rounds, rubyShape: false);
    await Projecting.AloneAsync(report, Math.Min(rounds, 3), rubyShape: true);
}

if (Wanted("together"))
{
    await Projecting.TogetherAsync(report, duration * 10, 90_000, isTarget: true);
    await Projecting.TogetherAsync(report, duration * 10, 30_000, isTarget: false);
}

if (Wanted("freshness")) await Freshness.RunAsync(report, TimeSpan.FromSeconds(20));
if (Wanted("queries")) await Queries.RunAsync(report, 1_000_000);
if (Wanted("queries-5m")) await Queries.RunAsync(report, 5_000_000);
if (Wanted("explorer") || Wanted("dead-letters") || Wanted("catalog"))
{
    var data = Text("--data") ?? Directory.CreateTempSubdirectory("eventengine-bench-").FullName; // filled once for all three
    var entries = Option("--entries", 5_000_000);
    if (Wanted("explorer")) await Explorer.RunAsync(report, entries, data);
    if (Wanted("dead-letters")) await DeadLetters.RunAsync(report, entries, 250_000, data);
    if (Wanted("catalog")) await Catalog.RunAsync(report, entries, data);
    if (Text("--data") is null) Directory.Delete(data, recursive: true);
}

if (Wanted("growth")) await Growth.RunAsync(report, most);
if (Wanted("rebuilds")) await Rebuilding.RunAsync(report, Math.Min(rounds, 3), most);
if (Wanted("engines")) await Engines.RunAsync(report, rounds, duration);
report.Print();
return 0;

bool Wanted(string measure) => args.Contains("all") || args.Contains(measure);

string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;

int Option(string name, int fallback) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1]) : fallback;
