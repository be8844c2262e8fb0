using Microsoft.Win32.SafeHandles;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>
/// This process's claim on the server: an open end of a pipe that the supervisor reads. The kernel lets go of it however the process
/// ends. See supervise.sh for the other side.
/// </summary>
internal sealed class ServerHold : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly ServerFolder _folder;
    private readonly SafeFileHandle _pipe;

    private ServerHold(ServerFolder folder, SafeFileHandle pipe) => (_folder, _pipe) = (folder, pipe);

    /// <summary>Null when no supervisor runs. The server it leads may still be starting.</summary>
    /// <exception cref="EmbeddedPostgresException">A server that is being stopped does not come to an end.</exception>
    public static async Task<ServerHold?> TryTakeAsync(ServerFolder folder, CancellationToken ct)
    {
        for (var patience = TimeSpan.FromMinutes(2); patience > TimeSpan.Zero; patience -= Glance)
        {
            var pipe = Posix.OpenPipeForWriting(folder.Holders);
            if (pipe is null)
                return null;
            if (Posix.TryWrite(pipe, "+\n"u8) && !File.Exists(folder.Stopping))
                return new ServerHold(folder, pipe);
            pipe.Dispose(); // it stops: wait until it is gone
            await Task.Delay(Glance, ct);
        }
        throw new EmbeddedPostgresException($"The Postgres server in {folder.Path} is being stopped, but still runs.\n{folder.StartupTail()}");
    }

    /// <summary>Lets go, and if this was the last user waits until the server is down, so that whoever stops us may cut the power.</summary>
    public async Task ReleaseAsync()
    {
        _pipe.Dispose();
        if (await BecomesAsync(() => File.Exists(_folder.Stopping), Soon))
            await BecomesAsync(() => IsDown() || !File.Exists(_folder.Stopping), StopPatience);
    }

    public void Dispose() => _pipe.Dispose();

    private bool IsDown() => new FileInfo(_folder.Stopping) is { Exists: true, Length: > 0 };

    private static async Task<bool> BecomesAsync(Func<bool> condition, TimeSpan patience)
    {
        for (; patience > TimeSpan.Zero; patience -= Glance)
        {
            if (condition())
                return true;
            await Task.Delay(Glance);
        }
        return false;
    }
}
