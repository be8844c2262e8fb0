using System.Diagnostics;
using System.Globalization;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>Who the embedded server runs as. Postgres refuses root, so root hands it to an unprivileged user.</summary>
internal sealed class ServerAccount
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    private readonly string? _name;
    private readonly uint _user;
    private readonly uint _group;

    private ServerAccount(string? name, uint user, uint group) => (_name, _user, _group) = (name, user, group);

    /// <summary>Whoever runs this process.</summary>
    public static ServerAccount Current { get; } = new(null, 0, 0);

    /// <summary>Whether the server runs as somebody else than this process.</summary>
    public bool IsOther => _name is not null;

    public string Name => _name ?? Environment.UserName;

    /// <exception cref="EmbeddedPostgresException">This is root, and there is neither a user postgres nor nobody.</exception>
    public static ServerAccount Choose()
    {
        if (!Posix.IsRoot)
            return Current;
        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var chosen = Candidates.Select(name => known.Find(fields => fields[0] == name)).FirstOrDefault(fields => fields is not null)
            ?? throw new EmbeddedPostgresException("Postgres does not run as root, and there is no user postgres or nobody to run it as.");
        return new ServerAccount(
            chosen[0], uint.Parse(chosen[2], CultureInfo.InvariantCulture), uint.Parse(chosen[3], CultureInfo.InvariantCulture));
    }

    public void Own(string path)
    {
        if (IsOther)
            Posix.GiveTo(path, _user, _group);
    }

    /// <summary>Runs to its end as this account. The working directory is the root: the account may not enter ours.</summary>
    /// <returns>Exit code, and what the program said on either stream.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = StartInfo(program, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, (await output + await errors).Trim());
    }

    /// <summary>Leaves it running on its own; the program must take care of its streams.</summary>
    public void Launch(string program, IEnumerable<string> arguments) => Process.Start(StartInfo(program, arguments))!.Dispose();

    /// <summary>Whether a POSIX shell test on a path holds for this account.</summary>
    public async Task<bool> CanAsync(string test, string path, CancellationToken ct) =>
        (await RunAsync("/bin/sh", ["-c", test, path], ct)).ExitCode == 0;

    private ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" };
        if (_name is not null)
            start.UserName = _name;
        return start;
    }
}
