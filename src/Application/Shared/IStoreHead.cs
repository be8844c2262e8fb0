using EventEngine.Application.EventStore;

namespace EventEngine.Application.Shared;

/// <summary>How far the store has come, followed by this process; tells how long what lies beyond a checkpoint has been waiting.</summary>
public interface IStoreHead
{
    StorePosition? Position { get; }

    /// <summary>0 when <paramref name="checkpoint"/> is the head or beyond.</summary>
    TimeSpan LagBehind(StorePosition? checkpoint);
}
