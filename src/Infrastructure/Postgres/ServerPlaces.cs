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
        if (new DirectoryInfo(path) is { LinkTarget: { } target, Exists: false })
            throw new EmbeddedPostgresException($"The data that {path} links to, {target}, is gone. Remove the link to begin anew.");
        ServerFolder.Create(path, account);
        if (!await account.CanAsync("cd \"$0\" && test -w .", Posix.RealPath(path), ct))
            MoveElsewhere(path);
        return new ServerFolder(Posix.RealPath(path));
    }

    /// <summary>Copied once for each version of the package: a new one has another path or time.</summary>
    public async Task<PostgresBinaries> PrepareBinariesAsync(PostgresBinaries binaries, CancellationToken ct)
    {
        const string Runs = "\"$0\" --version";
        var server = Path.Combine(binaries.Programs, "postgres");
        if (!account.IsOther || await account.CanAsync(Runs, server, ct))
            return binaries;
        var copy = Path.Combine(Elsewhere, Hash($"{binaries.Folder} {File.GetLastWriteTimeUtc(server).Ticks}"));
        if (!Directory.Exists(copy))
            await CopyAsync(binaries.Folder, copy, ct);
        if (!await account.CanAsync(Runs, Path.Combine(copy, "bin", "postgres"), ct))
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
        var place = Path.Combine(Elsewhere, Hash(Guid.NewGuid().ToString()), "postgres");
        CreateForAll(Path.GetDirectoryName(place)!);
        ServerFolder.Create(place, account);
        Directory.Delete(path);
        Directory.CreateSymbolicLink(path, place);
        logger.LogInformation("Postgres runs as {User}, who can't enter {Folder}: its data is in {Place}", account.Name, path, place);
    }

    private static async Task CopyAsync(string from, string to, CancellationToken ct)
    {
        var unfinished = $"{to}.{Environment.ProcessId}";
        CreateForAll(Path.GetDirectoryName(to)!);
        const string Copy = "cp -R \"$0\" \"$1\" && chmod -R a+rX \"$1\"";
        var (exitCode, output) = await ServerAccount.Current.RunAsync("/bin/sh", ["-c", Copy, from, unfinished], ct);
        if (exitCode != 0)
            throw new EmbeddedPostgresException($"Can't copy {from} to {unfinished}: {output}");
        Directory.Move(unfinished, to);
    }

    /// <summary>Enterable even where root's new files are private.</summary>
    private static void CreateForAll(string path)
    {
        const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(Elsewhere, File.GetUnixFileMode(Elsewhere) | Enter);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | Enter);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
