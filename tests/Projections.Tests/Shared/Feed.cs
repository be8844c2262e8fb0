using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;

namespace EventEngine.Projections.Tests.Shared;

/// <summary>Entries from a seed: lives of events, with ties, corrections, late and future times, repetitions and disagreements.</summary>
internal static class Feed
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static readonly AppId Shop = new(Guid.Parse("11111111-1111-1111-1111-111111111111"));

    public static EntryReported Entry(string id, EntryStatus status, double second, double receivedAt = 0) =>
        new(Noon.AddSeconds(receivedAt), id, "order_placed", status, Noon.AddSeconds(second));

    /// <param name="seed">The same seed gives the same entries.</param>
    /// <param name="events">How many events; each has one to four entries.</param>
    public static List<EntryReported> Lives(int seed, int events)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, events).SelectMany(id => Life(random, id.ToString()))];
    }

    public static List<List<EntryReported>> Cut(IEnumerable<EntryReported> entries, Random random)
    {
        var batches = new List<List<EntryReported>> { new() };
        foreach (var entry in entries)
        {
            if (random.Next(20) == 0 && batches[^1].Count > 0) batches.Add([]);
            batches[^1].Add(entry);
        }

        return batches;
    }

    private static List<EntryReported> Life(Random random, string id)
    {
        var name = random.Next(2) == 0 ? "order_placed" : "order_shipped";
        double start = random.Next(10) switch { 0 => -90_000, 1 => -4_000, 2 => 900, _ => random.Next(-300, 0) };
        var life = new List<EntryReported>();
        if (random.Next(4) > 0) life.Add(Entry(id, EntryStatus.Emitted, start) with { AggregateId = random.Next(3) == 0 ? id : null });
        if (random.Next(5) == 0)
            life.Add(Entry(id, EntryStatus.DeadLettered, start + random.Next(60)) with { Attempts = random.Next(1, 4), ErrorClass = "Timeout", ErrorMessage = $"no {id}" });
        if (random.Next(5) > 0 || life.Count == 0)
        {
            var published = Entry(id, EntryStatus.Published, start + random.Next(60));
            life.Add(published with { LatencyMs = random.Next(3) == 0 ? random.Next(5_000) / 7d : null });
            if (random.Next(6) == 0) life.Add(published with { LatencyMs = random.Next(5_000) / 7d, EventType = "domain" });
        }

        return [.. life.Select(entry => entry with { EventName = name })];
    }
}
