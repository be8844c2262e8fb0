using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>The files of one embedded server: its data, password, settings, logs, and what its users find each other by.</summary>
internal sealed class ServerFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public ServerFolder(string path)
    {
        Path = path;
        Sockets = $"/tmp/eventengine-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12]}";
    }

    public string Path { get; }

    /// <summary>Short, since the path of a socket is limited to 107 bytes.</summary>
    public string Sockets { get; }

    public string Data => In("data");

    public string DataInTheMaking => In("data.new");

    public string Holders => In("holders");

    public string Stopping => In("stopping");

    public string Password => In("password");

    public string Settings => In("postgresql.conf");

    public string Supervisor => In("supervise.sh");

    public string StartupLog => In("startup.log");

    public bool IsInitialized => File.Exists(System.IO.Path.Combine(Data, "PG_VERSION"));

    /// <summary>Only the account, and root, can look into it.</summary>
    public static void Create(string path, ServerAccount account)
    {
        Directory.CreateDirectory(path, OwnerOnly);
        account.Own(path);
    }

    public async Task<string> ReadPasswordAsync(CancellationToken ct) => await File.ReadAllTextAsync(Password, ct);

    public async Task WriteAsync(string file, string text, ServerAccount account, CancellationToken ct)
    {
        await using (var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        account.Own(file);
    }

    /// <summary>The last lines of what the server said while starting; for error messages.</summary>
    public string StartupTail()
    {
        var logs = Directory.Exists(In("log")) ? Directory.GetFiles(In("log")) : [];
        var files = new[] { StartupLog }.Concat(logs.OrderBy(File.GetLastWriteTimeUtc).TakeLast(1)).Where(File.Exists);
        return string.Join('\n', files.SelectMany(file => File.ReadLines(file).TakeLast(8)));
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
