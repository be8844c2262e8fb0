using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace EventEngine.Application.People;

/// <summary>Keeps strangers from filling somebody's mailbox: five letters that anybody can cause, per address and hour. In memory.</summary>
public sealed class LetterLimit(TimeProvider time)
{
    private const int Most = 5, MostAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset[]> _sent = new(StringComparer.Ordinal);

    /// <returns>False: no more letters to this address for now.</returns>
    [SuppressMessage("Usage", "MA0106", Justification = "The closure is what makes the count and its check one step.")]
    public bool Allows(string address)
    {
        var now = time.GetUtcNow();
        if (_sent.Count >= MostAddresses) _sent.Clear();
        var allowed = false;
        _sent.AddOrUpdate(
            Person.Normalize(address),
            _ => Count([]),
            (_, known) => Count(known));
        return allowed;

        DateTimeOffset[] Count(DateTimeOffset[] known)
        {
            var recent = known.Where(at => now - at < Window).ToArray();
            allowed = recent.Length < Most;
            return allowed ? [.. recent, now] : recent;
        }
    }
}
