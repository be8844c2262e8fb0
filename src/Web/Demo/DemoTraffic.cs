using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EventEngine.Web.Demo;

/// <summary>An entry of the simulation and when its reporter sends it.</summary>
public sealed record DemoEntry(DateTimeOffset At, JsonObject Json);

/// <summary>
/// The traffic of one app, minute by minute. A minute is always the same, ids included, so that sending it again only makes duplicates.
/// </summary>
public sealed class DemoTraffic(DemoApp app, DateTimeOffset began)
{
    /// <summary>A week ago the customer was this much smaller.</summary>
    private const double WeekAgo = 0.35;
    private const long IdsPerMinute = 10_000, MostInAMinute = 500;

    public IEnumerable<DemoEntry> Minute(DateTimeOffset minute)
    {
        if (!app.Alive(minute - began)) yield break;
        var random = new Random(Seed(minute));
        var count = Poisson(random, app.PerMinute(minute) * Growth(minute));
        for (var i = 0; i < count; i++)
        {
            var id = (minute.ToUnixTimeSeconds() / 60 * IdsPerMinute) + i;
            foreach (var entry in Event(random, id, minute.AddMilliseconds(random.Next(60_000)))) yield return entry;
        }
    }

    /// <summary>An event as it was emitted and, unless it was lost, as it ended; empty when no event can have that id.</summary>
    public IReadOnlyList<DemoEntry> Find(long id)
    {
        var (minutes, place) = Math.DivRem(id, IdsPerMinute);
        if (minutes <= 0 || minutes > DateTimeOffset.MaxValue.ToUnixTimeSeconds() / 60 || place >= MostInAMinute) return [];
        var minute = DateTimeOffset.FromUnixTimeSeconds(minutes * 60);
        var random = new Random(Seed(minute));
        _ = Normal(random); // the draw that says how many there are
        for (var i = 0L; ; i++)
        {
            var entries = Event(random, (minutes * IdsPerMinute) + i, minute.AddMilliseconds(random.Next(60_000))).ToList();
            if (i == place) return [.. entries.Take(2)];
        }
    }

    /// <summary>The entry that its reporter sends when a retry has published the event after all.</summary>
    public DemoEntry PublishedAfterAll(DemoEntry dead, DateTimeOffset at)
    {
        var entry = Again(dead, "published", at);
        if (!app.IsRubyShaped) entry["published_at"] = Time(at);
        return new DemoEntry(at, entry);
    }

    /// <summary>… and when it has not.</summary>
    public DemoEntry DiedAgain(DemoEntry dead, DateTimeOffset at)
    {
        var entry = Again(dead, "dead_lettered", at);
        entry["error_class"] = dead.Json["error_class"]!.DeepClone();
        entry["error_message"] = dead.Json["error_message"]!.DeepClone();
        if (!app.IsRubyShaped) entry["dead_lettered_at"] = Time(at);
        return new DemoEntry(at, entry);
    }

    private JsonObject Again(DemoEntry dead, string status, DateTimeOffset at)
    {
        var entry = Entry((long)dead.Json["event_id"]!, new DemoEvent((string)dead.Json["event_name"]!, (int)dead.Json["event_version"]!, 1, ""), status, at);
        entry["attempts"] = (int)dead.Json["attempts"]! + 1;
        return entry;
    }

    private IEnumerable<DemoEntry> Event(Random random, long id, DateTimeOffset occurredAt)
    {
        var kind = Pick(random, app.Events);
        var endedAt = occurredAt + Latency(random, app.MedianLatency(occurredAt));
        var emitted = Emitted(random, id, kind, occurredAt);
        yield return new DemoEntry(occurredAt, emitted);
        var failed = random.NextDouble() < app.FailureShare(occurredAt);
        var ended = failed ? DeadLettered(random, id, kind, endedAt) : Published(id, kind, occurredAt, endedAt);
        if (IsLost(id)) yield break;
        yield return new DemoEntry(endedAt, ended);
        if (random.NextDouble() < 0.004) yield return new DemoEntry(endedAt.AddSeconds(2), ended.DeepClone().AsObject());
        if (random.NextDouble() < 0.0008) yield return new DemoEntry(endedAt, Broken(ended));
    }

    /// <summary>Its publisher died with it in hand.</summary>
    private bool IsLost(long id) => app.LosesOneIn > 0 && id % app.LosesOneIn == 0;

    private JsonObject Emitted(Random random, long id, DemoEvent kind, DateTimeOffset at)
    {
        var entry = Entry(id, kind, "emitted", at);
        entry["idempotency_key"] = new Guid(Bytes(random, 16)).ToString();
        entry["aggregate_type"] = kind.Aggregate;
        entry["aggregate_id"] = random.Next(1000, 9999).ToString();
        entry["aggregate_version"] = random.Next(1, 12);
        if (!app.IsRubyShaped) entry["occurred_at"] = Time(at);
        return entry;
    }

    private JsonObject Published(long id, DemoEvent kind, DateTimeOffset occurredAt, DateTimeOffset at)
    {
        var entry = Entry(id, kind, "published", at);
        if (app.IsRubyShaped) return entry;
        entry["attempts"] = 1;
        entry["latency_ms"] = (long)(at - occurredAt).TotalMilliseconds;
        entry["occurred_at"] = Time(occurredAt);
        entry["published_at"] = Time(at);
        return entry;
    }

    private JsonObject DeadLettered(Random random, long id, DemoEvent kind, DateTimeOffset at)
    {
        var error = app.Errors[random.Next(app.Errors.Count)];
        var entry = Entry(id, kind, "dead_lettered", at);
        entry["attempts"] = 5;
        entry["error_class"] = error.Class;
        entry["error_message"] = string.Format(null, CompositeFormat.Parse(error.Message), random.Next(1, 400));
        if (!app.IsRubyShaped) entry["dead_lettered_at"] = Time(at);
        return entry;
    }

    private JsonObject Entry(long id, DemoEvent kind, string status, DateTimeOffset at)
    {
        var entry = new JsonObject { ["event_id"] = id, ["event_name"] = kind.Name, ["event_version"] = kind.Version, ["status"] = status, ["timestamp"] = Time(at) };
        if (!app.IsRubyShaped) entry["event_type"] = "domain";
        return entry;
    }

    /// <summary>What a careless reporter sends, so that there is a rejection to look at.</summary>
    private static JsonObject Broken(JsonObject entry)
    {
        var broken = entry.DeepClone().AsObject();
        broken["event_name"] = null;
        return broken;
    }

    private string Time(DateTimeOffset at) => app.IsRubyShaped ? at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") : at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    private int Seed(DateTimeOffset minute) => BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{app.Name} {minute.ToUnixTimeSeconds()}")));

    private double Growth(DateTimeOffset at)
    {
        var weeksAgo = Math.Clamp((began - at) / TimeSpan.FromDays(7), 0, 1);
        return 1 - ((1 - WeekAgo) * weeksAgo);
    }

    /// <summary>Log-normal around the median, with a tail.</summary>
    private static TimeSpan Latency(Random random, TimeSpan median) => median * Math.Exp(0.55 * Normal(random));

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static int Poisson(Random random, double mean) => (int)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal(random))));

    private static DemoEvent Pick(Random random, IReadOnlyList<DemoEvent> events)
    {
        var at = random.NextDouble() * events.Sum(kind => kind.Weight);
        return events.First(kind => (at -= kind.Weight) <= 0 || kind == events[^1]);
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
