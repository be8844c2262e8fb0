using System.Reflection;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>Joins the running server of a folder, or makes and launches it; one process at a time.</summary>
internal sealed class ServerStart(ServerFolder folder, ServerAccount account, PostgresBinaries binaries, bool durable)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    // Its own session: a Ctrl-C in the terminal, meant for the application, must not reach the server before the application is done.
    // Nothing inherited stays open, or whoever reads our output would wait for the server too.
    private const string Detach =
        """
        exec </dev/null >"$2/startup.log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
        if command -v setsid >/dev/null; then exec setsid sh "$2/supervise.sh" "$@"; fi
        exec perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' sh "$2/supervise.sh" "$@"
        """;

    public async Task<ServerHold> HoldAsync(CancellationToken ct)
    {
        await using var turn = await TakeTurnAsync(ct);
        if (!File.Exists(folder.Holders))
            Posix.CreatePipe(folder.Holders);
        if (await ServerHold.TryTakeAsync(folder, ct) is { } running)
            return running;
        if (!folder.IsInitialized)
            await InitializeAsync(ct);
        return await LaunchAsync(ct);
    }

    /// <summary>A file lock; the kernel frees it when its owner dies.</summary>
    private async Task<FileStream> TakeTurnAsync(CancellationToken ct)
    {
        for (var patience = TimeSpan.FromMinutes(5); ; patience -= Glance)
        {
            try
            {
                return new FileStream(folder.StartLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (patience > TimeSpan.Zero)
            {
                await Task.Delay(Glance, ct);
            }
        }
    }

    /// <summary>Made aside and renamed, so that an interrupted attempt leaves nothing that looks like a data folder.</summary>
    private async Task InitializeAsync(CancellationToken ct)
    {
        if (Directory.Exists(folder.DataInTheMaking))
            Directory.Delete(folder.DataInTheMaking, recursive: true);
        await folder.WriteAsync(folder.Password, EmbeddedPostgres.NewPassword(), account, ct);
        var arguments = EmbeddedPostgres.InitdbArguments(folder).Concat(durable ? [] : ["--no-sync"]);
        var (exitCode, output) = await account.RunAsync(binaries.Initdb, arguments, ct);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"Can't create the Postgres data folder {folder.Data}:\n{output}");
        Directory.Move(folder.DataInTheMaking, folder.Data);
    }

    private async Task<ServerHold> LaunchAsync(CancellationToken ct)
    {
        File.Delete(folder.Stopping); // of a supervisor that was killed
        account.Own(folder.Holders);
        await folder.WriteAsync(folder.Supervisor, Embedded("supervise.sh"), account, ct);
        await folder.WriteAsync(folder.Settings, Settings(), account, ct);
        account.Launch("/bin/sh", ["-c", Detach, "sh", binaries.Programs, folder.Path, folder.Sockets]);
        for (var patience = TimeSpan.FromSeconds(20); patience > TimeSpan.Zero; patience -= Glance)
        {
            if (await ServerHold.TryTakeAsync(folder, ct) is { } hold)
                return hold;
            await Task.Delay(Glance, ct);
        }
        throw new EmbeddedPostgresException($"The Postgres supervisor does not start in {folder.Path}.\n{folder.StartupTail()}");
    }

    private string Settings() => Embedded("postgresql.conf")
        .Replace("{sockets}", folder.Sockets, StringComparison.Ordinal)
        .Replace("{durable}", durable ? "on" : "off", StringComparison.Ordinal);

    private static string Embedded(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{typeof(ServerStart).Namespace}.{name}")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
