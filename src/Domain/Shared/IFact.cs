namespace EventEngine.Domain.Shared;

/// <summary>Something that happened, as it is kept in the event store. Facts are a storage format: never change one, add a version.</summary>
public interface IFact
{
    /// <summary>When we learned of it, UTC by our own clock. The store's clock is never used.</summary>
    DateTimeOffset At { get; }
}
