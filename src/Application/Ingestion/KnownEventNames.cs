using System.Collections.Concurrent;
using EventEngine.Application.Entries;
using EventEngine.Domain.Apps;
using MediatR;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Application.Ingestion;

/// <summary>The event names of each app that this process has heard from, read once from its rollups.</summary>
public sealed class KnownEventNames(IMediator mediator, TimeProvider time, ILogger<KnownEventNames> log)
{
    private const int MaxApps = 10_000;

    /// <summary>A name that was not used for so long makes room for another.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<AppId, Task<EventNames>> _apps = new();

    public Task<EventNames> OfAsync(AppId app)
    {
        if (_apps.TryGetValue(app, out var names)) return names;
        if (_apps.Count >= MaxApps) _apps.Clear();
        return _apps.GetOrAdd(app, ReadAsync);
    }

    private async Task<EventNames> ReadAsync(AppId app)
    {
        try
        {
            return new EventNames(await mediator.Send(new ListEventNames(app, time.GetUtcNow() - Memory, EventNames.Max)));
        }
        catch (NpgsqlException error)
        {
            log.LogWarning(error, "The event names of app {App} could not be read: their number is counted from here", app);
            return new EventNames([]);
        }
    }
}
