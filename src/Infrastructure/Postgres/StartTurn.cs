namespace EventEngine.Infrastructure.Postgres;

/// <summary>Processes of one data folder start one after the other. A file lock: the kernel frees it when its owner dies.</summary>
internal static class StartTurn
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <exception cref="EmbeddedPostgresException">The lock file can't be written, or others take too long.</exception>
    public static async Task<IAsyncDisposable> TakeAsync(string folder, CancellationToken ct)
    {
        var path = $"{folder}.lock";
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        for (var waited = TimeSpan.Zero; ; waited += Glance)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new EmbeddedPostgresException($"{path} belongs to somebody else than {Environment.UserName}. Was it started as root before?", e);
            }
            catch (IOException e)
            {
                if (waited > Patience)
                    throw new EmbeddedPostgresException($"Another process is starting Postgres in {folder} and does not come to an end.", e);
            }
            await Task.Delay(Glance, ct);
        }
    }
}
