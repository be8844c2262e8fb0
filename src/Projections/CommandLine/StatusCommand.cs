using System.CommandLine;
using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Serilog.Events;
using Spectre.Console;

namespace EventEngine.Projections.CommandLine;

/// <summary><c>status</c>: where each projection stands. Exit code 0 when all run, else 1.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1);
    private static readonly string[] Columns = ["projection", "position", "head", "lag", "waiting", "rate", "state"];

    public static Command Create()
    {
        var command = new Command("status", "Shows position, lag, rate and state of each projection.");
        command.SetAction(async (_, ct) =>
        {
            using var host = WorkerHost.Create(LogEventLevel.Warning).Build();
            await host.Services.StartPostgresAsync(ct);
            var db = host.Services.GetRequiredService<NpgsqlDataSource>();
            var store = host.Services.GetRequiredService<IEventStore>();
            var time = host.Services.GetRequiredService<TimeProvider>();
            var before = await ProjectionReport.ReadAsync(db, store, time.GetUtcNow(), ct);
            await Task.Delay(Measured, time, ct);
            var now = await ProjectionReport.ReadAsync(db, store, time.GetUtcNow(), ct);
            Print([.. now.Select(report => Cells(report, before.FirstOrDefault(old => old.Name == report.Name)))]);
            foreach (var report in now.Where(report => report.Error is not null))
                Console.Error.WriteLine($"{report.Name} stopped at {report.ErrorEvent?.ToString() ?? "?"}: {report.Error}\n  `retry {report.Name}` tries again, `park {report.Name} {report.ErrorEvent?.Position} --reason …` passes it over.");
            foreach (var report in now.Where(report => report.Parked > 0))
                Console.Error.WriteLine($"{report.Name} passes over {report.Parked} parked event(s): see `parked`.");
            return now.Count > 0 && now.All(report => report.State == "running") ? 0 : 1;
        });
        return command;
    }

    private static string[] Cells(ProjectionReport report, ProjectionReport? before) =>
    [
        report.Name,
        report.Position?.ToString() ?? "-",
        report.Head?.ToString() ?? "-",
        report.LagEvents is { } events ? $"{events} events" : "-",
        $"{report.Waiting.TotalSeconds:0.0} s",
        before is null ? "-" : $"{(report.Applied - before.Applied) / Measured.TotalSeconds:0}/s",
        report.State,
    ];

    private static void Print(string[][] rows)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var row in rows) Console.WriteLine(string.Join('\t', row));
            return;
        }

        var table = new Table().AddColumns(Columns);
        foreach (var row in rows) table.AddRow(Array.ConvertAll(row, Markup.Escape));
        AnsiConsole.Write(table);
    }
}
