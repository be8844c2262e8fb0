using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>
/// Finds a place for binaries and data that the server's account can enter. A clone under a private home, started by root, can't be
/// entered by the unprivileged account: then they live under /var/lib/eventengine, and the data folder links there.
/// </summary>
internal sealed class ServerPlaces(ServerAccount account, ILogger logger)
{
    private const string Elsewhere = "/var/lib/eventengine";

    public async Task<ServerFolder> PrepareDataAsync(string path, CancellationToken ct)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        if (!Directory.Exists(path))
            ServerFolder.Create(path, account);
        if (!await account.CanAsync("cd \"$0\" && test -w .", path, ct))
            MoveElsewhere(path);
        return new ServerFolder(Posix.RealPath(path));
    }

    /// <summary>Copied once for each version of the package: a new one has another path or time.</summary>
    public async Task<PostgresBinaries> PrepareBinariesAsync(PostgresBinaries binaries, CancellationToken ct)
    {
        const string Runs = "\"$0\" --version";
        var server = System.IO.Path.Combine(binaries.Programs, "postgres");
        if (!account.IsOther || await account.CanAsync(Runs, server, ct))
            return binaries;
        var copy = System.IO.Path.Combine(Elsewhere, Hash($"{binaries.Folder} {File.GetLastWriteTimeUtc(server).Ticks}"));
        if (!Directory.Exists(copy))
            await CopyAsync(binaries.Folder, copy, ct);
        if (!await account.CanAsync(Runs, System.IO.Path.Combine(copy, "bin", "postgres"), ct))
            throw new EmbeddedPostgresException($"User {account.Name} can run neither {server} nor its copy in {copy}.");
        logger.LogInformation("Postgres runs as {User}, who can't enter {Folder}: its binaries are in {Copy}", account.Name, binaries.Folder, copy);
        return new PostgresBinaries(copy);
    }

    /// <summary>The link makes the data belong to this folder: remove the folder, and the next start begins anew.</summary>
    private void MoveElsewhere(string path)
    {
        if (!account.IsOther)
            throw new EmbeddedPostgresException($"{path} belongs to another user than {account.Name}. Was it started as root before?");
        if (Directory.EnumerateFileSystemEntries(path).Any())
            throw new EmbeddedPostgresException($"Postgres runs as user {account.Name}, who can't enter {path}. Make its parents enterable.");
        var place = System.IO.Path.Combine(Elsewhere, Hash(Guid.NewGuid().ToString()), "postgres");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(place)!);
        ServerFolder.Create(place, account);
        Directory.Delete(path);
        Directory.CreateSymbolicLink(path, place);
        logger.LogInformation("Postgres runs as {User}, who can't enter {Folder}: its data is in {Place}", account.Name, path, place);
    }

    private static async Task CopyAsync(string from, string to, CancellationToken ct)
    {
        var unfinished = $"{to}.{Environment.ProcessId}";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
        var (exitCode, output) = await ServerAccount.Current.RunAsync("cp", ["-R", from, unfinished], ct);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"Can't copy {from} to {unfinished}: {output}");
        Directory.Move(unfinished, to);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
