using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Bench.Baselines;
using EventEngine.Bench.Load;
using EventEngine.Infrastructure.Pipeline;

namespace EventEngine.Bench.Measures;

/// <summary>All projections made anew at once, at a million events and at many; and what those who ask meanwhile notice of it.</summary>
public static class Rebuilding
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);
    private static readonly string[] Phases = ["waiting", "building", "indexing", "verifying", "swapping"];

    public static async Task RunAsync(Report report, int rounds, long most)
    {
        await using var server = await ServerProcess.StartAsync(projections: false);
        await server.ProjectOnceAsync();
        var load = new LoadGenerator(server.Port, Corpus.Create(ParseOnly.Path, ServerProcess.ApiKey));
        await using var facts = await StoredFacts.OpenAsync(server.Data);
        var stored = 0L;
        foreach (var size in new[] { 1_000_000, most }.Distinct())
        {
            server.StartWorker();
            await load.ClosedAsync(16, Long, batches: (size - stored) / Corpus.EntriesPerBatch);
            await server.CaughtUpAsync(Long);
            stored = size;
            if (size == 1_000_000) await RatesAsync(report, server, facts, rounds);
            await server.StopWorkerAsync();
            server.StartWorker(); // its peak is that of following and building, not of catching up
            await server.CaughtUpAsync(Long);
            var rate = await RebuildAllAsync(facts, RebuildKind.Rebuild);
            report.Add($"rebuild of everything, {size:N0} events", $"{rate.Whole:N0}/s, verified and swapped ({rate.Built:N0}/s until it had caught up)", $"peak of the worker {server.WorkerPeakMemoryMb():N0} MiB", "", "≤ 256 MiB, flat", server.WorkerPeakMemoryMb() <= 256);
            if (size == 1_000_000) await QueriesAsync(report, server, facts);
            await server.StopWorkerAsync();
        }
    }

    private static async Task RatesAsync(Report report, ServerProcess server, StoredFacts facts, int rounds)
    {
        List<double> reads = [], folds = [], builds = [];
        for (var round = 0; round < rounds; round++)
        {
            reads.Add(await facts.ReadAsync());
            folds.Add(await facts.ReadAndFoldAsync());
            builds.Add((await RebuildAllAsync(facts, RebuildKind.Rebuild)).Built);
            await server.CaughtUpAsync(Long);
            Console.WriteLine($"  round {round + 1}: read {reads[^1]:N0}/s, read and fold {folds[^1]:N0}/s, rebuild {builds[^1]:N0}/s");
        }

        List<double> toFold = [.. builds.Zip(folds, (build, fold) => build / fold)], toRead = [.. builds.Zip(reads, (build, read) => build / read)];
        report.Add("rebuild of everything until caught up", $"{Report.Spread(builds)}/s", $"read + parse + fold: {Report.Spread(folds)}/s", Report.Spread(toFold, "N2"), "≥ 0.31", Report.Median(toFold) >= 0.31);
        report.Add("the same", $"{Report.Spread(builds)}/s", $"reading the store alone: {Report.Spread(reads)}/s", Report.Spread(toRead, "N2"), "", null);
    }

    /// <param name="told">The state of the slowest, whenever it was looked at.</param>
    /// <returns>Events a second of the slowest: until its build had caught up, and until it was swapped in.</returns>
    private static async Task<(double Built, double Whole)> RebuildAllAsync(StoredFacts facts, RebuildKind kind, Action<string>? told = null)
    {
        var rebuilds = new Rebuilds(facts.Db);
        var ids = new List<Guid>();
        foreach (var projection in ProjectionNames.All) ids.Add((await rebuilds.RequestAsync(new RebuildRequest(projection, kind), "bench", default)).Id);
        var start = Stopwatch.GetTimestamp();
        TimeSpan? built = null;
        while (true)
        {
            var rows = await rebuilds.ReadAsync(ids, default);
            var slowest = Array.Find(Phases, phase => rows.Exists(row => row.State == phase));
            if (slowest is not null) told?.Invoke(slowest);
            if (built is null && slowest is not ("waiting" or "building" or "indexing")) built = Stopwatch.GetElapsedTime(start);
            if (rows.Find(row => row.State is "failed" or "differs") is { } bad) throw new InvalidOperationException($"{bad.Projection}: {bad.State} {bad.Error}");
            if (rows.TrueForAll(row => row.IsFinished))
            {
                var events = (double)rows[0].Head!.Value.Commit;
                return (events / built!.Value.TotalSeconds, events / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            await Task.Delay(100);
        }
    }

    private static async Task QueriesAsync(Report report, ServerProcess server, StoredFacts facts)
    {
        string[] paths = ["summary", "throughput", "latency", "events"];
        var before = new Asked();
        var during = new Asked();
        await before.KeepAskingAsync(server, paths, TimeSpan.FromSeconds(20));
        using var enough = new CancellationTokenSource();
        var asking = during.KeepAskingAsync(server, paths, Long, enough.Token);
        for (var round = 0; round < 2; round++) await RebuildAllAsync(facts, RebuildKind.Rebuild, phase => during.Phase = phase);
        await enough.CancelAsync();
        await asking;
        var ratio = during.P99 / before.P99;
        report.Add($"queries during two rebuilds and swaps of everything ({during.Count:N0} asked, {string.Join(", ", paths)})", $"p50 {during.P50:N1}, p99 {during.P99:N1} ms", $"before: p50 {before.P50:N1}, p99 {before.P99:N1} ms", $"{ratio:N1}×", "≤ 2×", ratio <= 2);
        report.Add("of them, by what the slowest was at", string.Join(", ", Phases.Where(during.Has).Select(phase => $"{phase} p99 {during.P99Of(phase):N1} ms")), "", "", "", null);
        report.Add("of them errors; torn, empty or shrinking answers", $"{during.Errors}; {during.Wrong}", "", "", "0; 0", during.Errors + during.Wrong == 0);
    }

    /// <summary>One client that asks on and on, and looks at what it is told: what is stored does not grow, so it must not shrink either.</summary>
    private sealed class Asked
    {
        private readonly List<(string Phase, double Ms)> _times = [];
        private long _events;

        public string Phase { get; set; } = "";

        public int Errors { get; private set; }

        public int Wrong { get; private set; }

        public int Count => _times.Count;

        public double P50 => At(.5, _times);

        public double P99 => At(.99, _times);

        public bool Has(string phase) => _times.Exists(time => time.Phase == phase);

        public double P99Of(string phase) => At(.99, _times.FindAll(time => time.Phase == phase));

        public async Task KeepAskingAsync(ServerProcess server, string[] paths, TimeSpan duration, CancellationToken ct = default)
        {
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; !ct.IsCancellationRequested && Stopwatch.GetElapsedTime(began) < duration; i++)
            {
                var path = paths[i % paths.Length];
                var start = Stopwatch.GetTimestamp();
                using var answer = await server.Http.GetAsync($"/api/v1/apps/{server.AppId}/{path}", CancellationToken.None);
                var body = answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<JsonNode>(CancellationToken.None) : null;
                _times.Add((Phase, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
                if (body is null) Errors++;
                else if (!IsWhole(path, body)) Wrong++;
            }
        }

        private static double At(double share, List<(string Phase, double Ms)> times) => times.Select(time => time.Ms).Order().ElementAt((int)(times.Count * share));

        private bool IsWhole(string path, JsonNode body)
        {
            if (path == "events") return body["events"]!.AsArray().Count == 50;
            if (path != "summary") return body["points"]!.AsArray().Count > 0;
            var (total, ledger) = (body["totals"]!, body["ledger"]!);
            long Of(JsonNode node, string name) => node[name]!.GetValue<long>();
            var events = Of(total, "events");
            var isWhole = events >= _events && events == Of(total, "pending") + Of(total, "published") + Of(total, "dead_lettered") && Of(ledger, "unexplained") == 0;
            _events = Math.Max(_events, events);
            return isWhole;
        }
    }
}
