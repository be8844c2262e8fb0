using System.CommandLine;
using EventEngine.Application.EventStore;
using EventEngine.Application.EventStore.Copying;
using EventEngine.Infrastructure.EventStore;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Projections.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Serilog.Events;

namespace EventEngine.Projections.CommandLine;

/// <summary>
/// <c>copy</c>: a whole store into another. Exit codes: 0 copied and verified, 1 ended before that (begin again, and it goes on),
/// 2 refused, nothing was written, 3 the stores differ.
/// </summary>
internal static class CopyCommand
{
    private const int Whole = 0, Unfinished = 1, Refused = 2, Differing = 3;

    public static Command Create()
    {
        var from = new Option<string>("--from") { Required = true, Description = "The store to read: embedded, a Postgres connection string, esdb://…, or env:NAME of a variable that holds it." };
        var to = new Option<string>("--to") { Required = true, Description = "The store to fill: empty, or left unfinished by an earlier copy. The same forms." };
        var move = new Option<bool>("--move-checkpoints") { Description = "At the end, make the checkpoints of the read models positions of the new store. Stop all hosts first." };
        var command = new Command("copy", "Copies all events from one store to another, and verifies the copy.") { from, to, move };
        command.SetAction(async (arguments, ct) =>
        {
            using var host = WorkerHost.Create(LogEventLevel.Warning).Build();
            try
            {
                return await CopyAsync(host, arguments.GetRequiredValue(from), arguments.GetRequiredValue(to), arguments.GetValue(move), ct);
            }
            catch (Exception e) when (e is CopyRefusedException or UnknownStoreException)
            {
                Console.Error.WriteLine(e.Message);
                return Refused;
            }
            catch (Exception e) when (e is StoreUnavailableException or NpgsqlException or WrongRevisionException or OperationCanceledException)
            {
                Console.Error.WriteLine($"Not finished: {e.Message}\nRun the same command again, and it goes on where it ended.");
                return Unfinished;
            }
        });
        return command;
    }

    private static async Task<int> CopyAsync(IHost host, string from, string to, bool move, CancellationToken ct)
    {
        var opener = new StoreOpener(host.Services);
        await using var source = await opener.OpenAsync(from, create: false, ct);
        await using var target = await opener.OpenAsync(to, create: true, ct);
        if (source.Name == target.Name) throw new UnknownStoreException($"Both are the same store: {source.Name}.");

        var copy = new StoreCopy(source.Store, target.Store, host.Services.GetRequiredService<TimeProvider>());
        var report = await CopyDisplay.FollowAsync(copy, ct);
        CopyDisplay.Print(report, source.Name, target.Name);
        if (!report.IsWhole) return Differing;
        if (move) await MoveCheckpointsAsync(host, source, target, ct);
        return Whole;
    }

    private static async Task MoveCheckpointsAsync(IHost host, OpenedStore source, OpenedStore target, CancellationToken ct)
    {
        await host.Services.StartPostgresAsync(ct);
        var kept = new MovedCheckpoints(host.Services.GetRequiredService<NpgsqlDataSource>(), host.Services.GetRequiredService<TimeProvider>());
        foreach (var (checkpoint, place) in await new CheckpointMove(source.Store, target.Store).RunAsync(kept, target.Name, ct))
            Console.WriteLine($"checkpoint {checkpoint.Name}: {checkpoint.Position} is {place?.ToString() ?? "the start"} now");
    }
}
