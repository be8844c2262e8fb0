using System.Collections.Concurrent;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Schemas;

/// <summary>
/// Appends what an app says of its schemas for the first time. Heartbeats come every few seconds and hardly ever bring something new, so
/// the folded stream is kept with its revision; when another process was faster, it is read again.
/// </summary>
public sealed class SchemaReports(IEventStore store)
{
    private const int MaxApps = 10_000, Attempts = 5, BytesPerAppend = 512 * 1024;

    private readonly ConcurrentDictionary<AppId, Folded> _apps = new();

    /// <param name="decide">What is new, from what is known; called again after a lost race.</param>
    /// <returns>Where the last of it was written; null when nothing was new.</returns>
    /// <exception cref="WrongRevisionException">Others won the race five times.</exception>
    public async Task<StorePosition?> AppendAsync(AppId app, Func<KnownSchemas, IEnumerable<IFact>> decide, FactMetadata about, CancellationToken ct)
    {
        StorePosition? written = null;
        for (var attempt = 1; ; attempt++)
        {
            var folded = _apps.GetValueOrDefault(app) ?? await FoldAsync(app, ct);
            try
            {
                foreach (var facts in Portions(decide(folded.State)))
                {
                    var appended = await store.AppendAsync(StreamName.Schemas(app), folded.Expected, facts, about, ct);
                    folded = Keep(app, new Folded(facts.Aggregate(folded.State, KnownSchemas.Evolve), ExpectedRevision.At(appended.Revision)));
                    written = appended.Position;
                }

                return written;
            }
            catch (WrongRevisionException) when (attempt < Attempts)
            {
                _apps.TryRemove(app, out _);
            }
        }
    }

    /// <summary>As much at a time as the store can take.</summary>
    private static IEnumerable<List<IFact>> Portions(IEnumerable<IFact> facts)
    {
        var (portion, bytes) = (new List<IFact>(), 0);
        foreach (var fact in facts)
        {
            var length = FactJson.Serialize(fact).Length;
            if (portion.Count > 0 && bytes + length > BytesPerAppend)
            {
                yield return portion;
                (portion, bytes) = ([], 0);
            }

            portion.Add(fact);
            bytes += length;
        }

        if (portion.Count > 0) yield return portion;
    }

    private async Task<Folded> FoldAsync(AppId app, CancellationToken ct)
    {
        var folded = new Folded(KnownSchemas.Initial, ExpectedRevision.NoStream);
        await foreach (var recorded in store.ReadStreamAsync(StreamName.Schemas(app), ct: ct))
        {
            var fact = FactJson.Deserialize(recorded.Type, recorded.Data.Span);
            folded = new Folded(KnownSchemas.Evolve(folded.State, fact), ExpectedRevision.At(recorded.Revision));
        }

        return Keep(app, folded);
    }

    private Folded Keep(AppId app, Folded folded)
    {
        if (_apps.Count >= MaxApps) _apps.Clear();
        return _apps[app] = folded;
    }

    private sealed record Folded(KnownSchemas State, ExpectedRevision Expected);
}
