using System.Reflection;
using System.Security.Cryptography;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>Joins the running server of a folder, or makes and launches it. One process at a time: see StartTurn.</summary>
internal sealed class ServerStart(ServerFolder folder, ServerAccount account, PostgresBinaries binaries, bool durable)
{
    public const string Superuser = "eventengine";

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
        if (!File.Exists(folder.Holders))
            Posix.CreatePipe(folder.Holders);
        if (await ServerHold.TryTakeAsync(folder, ct) is { } running)
            return running;
        if (!folder.IsInitialized)
            await InitializeAsync(ct);
        return await LaunchAsync(ct);
    }

    /// <summary>Made aside and renamed, so that an interrupted attempt leaves nothing that looks like a data folder.</summary>
    private async Task InitializeAsync(CancellationToken ct)
    {
        if (Directory.Exists(folder.DataInTheMaking))
            Directory.Delete(folder.DataInTheMaking, recursive: true);
        await folder.WriteAsync(folder.Password, RandomNumberGenerator.GetHexString(32, lowercase: true), account, ct);
        var arguments = InitdbArguments();
        var (exitCode, output) = await account.RunAsync(binaries.Initdb, arguments, ct);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"Can't create the Postgres data folder {folder.Data}:\n{output}");
        Directory.Move(folder.DataInTheMaking, folder.Data);
    }

    private string[] InitdbArguments() =>
    [
        "--pgdata", folder.DataInTheMaking, "--username", Superuser, "--pwfile", folder.Password, "--auth=scram-sha-256",
        "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", durable ? "--sync-method=fsync" : "--no-sync",
    ];

    private async Task<ServerHold> LaunchAsync(CancellationToken ct)
    {
        File.Delete(folder.Stopping); // of a supervisor that was killed
        account.Own(folder.Holders);
        await folder.WriteAsync(folder.Supervisor, Embedded("supervise.sh"), account, ct);
        await folder.WriteAsync(folder.Settings, Settings(), account, ct);
        account.Launch("/bin/sh", ["-c", Detach, "sh", binaries.Programs, folder.Path, folder.Sockets]);
        for (var patience = TimeSpan.FromMinutes(1); patience > TimeSpan.Zero; patience -= Glance)
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
