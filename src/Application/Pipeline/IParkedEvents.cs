using EventEngine.Application.EventStore;

namespace EventEngine.Application.Pipeline;

/// <summary>
/// The ways on for a projection that has stopped at an event. Whoever leads it hears of them within half a second, in whatever process.
/// </summary>
public interface IParkedEvents
{
    /// <summary>From now on the projection, and every build of it, passes this event over; it goes on by itself.</summary>
    /// <returns>False: the projection has not stopped there, and nothing was changed.</returns>
    Task<bool> ParkAsync(string projection, StorePosition position, string reason, string by, CancellationToken ct);

    /// <summary>Lets it try once more.</summary>
    /// <returns>False: it has not stopped.</returns>
    Task<bool> RetryAsync(string projection, string by, CancellationToken ct);

    /// <summary>Those that are parked, the newest first; then those that were.</summary>
    Task<List<ParkedEvent>> ListAsync(CancellationToken ct);

    /// <summary>Those of a projection that are parked at these positions.</summary>
    Task<List<ParkedEvent>> FindAsync(string projection, IReadOnlyCollection<StorePosition> positions, CancellationToken ct);
}
