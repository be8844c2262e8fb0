using EventEngine.Domain.Entries;

namespace EventEngine.Domain.Retries;

/// <summary>What an app's reporter says about a retry: it reports nothing in between, only how the event ended next.</summary>
public static class RetryReport
{
    /// <param name="transitions">All that was reported of the event.</param>
    /// <param name="sentAt">By our clock.</param>
    /// <returns>Published or dead-lettered; null: the app has not said yet.</returns>
    public static EntryStatus? Since(IReadOnlyCollection<Transition> transitions, DateTimeOffset sentAt)
    {
        // Heard of after sending, and, by the app's own clock, not from before the death that was retried: a report that came late.
        var before = transitions.Where(known => known.ReceivedAt < sentAt && known.Status == EntryStatus.DeadLettered).Select(known => known.Timestamp);
        var death = before.DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var since = transitions.Where(known => known.ReceivedAt >= sentAt && known.Status != EntryStatus.Emitted && known.Timestamp >= death).ToList();
        return since.Count > 0 ? EntryState.Of([.. since.Order(Comparer<Transition>.Create(Transition.Order))]).Status : null;
    }
}
