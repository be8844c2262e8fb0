using EventEngine.Domain.Apps;

namespace EventEngine.Application.Retries;

/// <summary>
/// Which process runs an app's retries. It spares the others the trouble; that nothing is sent twice follows from the streams alone.
/// </summary>
public interface IRetryLeases
{
    /// <summary>Whether this process may begin: nobody holds the app, or its holder has not renewed for four seconds.</summary>
    Task<bool> TryTakeAsync(AppId app, CancellationToken ct);

    /// <returns>The apps that this process still holds.</returns>
    Task<IReadOnlySet<AppId>> RenewAsync(CancellationToken ct);

    Task ReleaseAsync(AppId app, CancellationToken ct);
}
