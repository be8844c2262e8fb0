using System.Collections.Concurrent;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Schemas;

/// <summary>
/// Appends the schema fingerprints that an app shows for the first time. Heartbeats come every few seconds and hardly ever bring
/// something new, so the folded stream is kept with its revision; when another process was faster, it is read again.
/// </summary>
public sealed class SeenFingerprints(IEventStore store)
{
    private const int MaxApps = 10_000, Attempts = 5, FactsPerAppend = 500;

    private readonly ConcurrentDictionary<AppId, Folded> _apps = new();

    /// <exception cref="WrongRevisionException">Others won the race five times.</exception>
    public async Task SeeAsync(AppId app, IReadOnlyList<KeyValuePair<string, string>> fingerprints, DateTimeOffset at, FactMetadata about, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var folded = _apps.GetValueOrDefault(app) ?? await FoldAsync(app, ct);
            try
            {
                foreach (var facts in folded.State.See(fingerprints, at).Chunk(FactsPerAppend))
                    folded = await AppendAsync(app, folded, facts, about, ct);
                return;
            }
            catch (WrongRevisionException) when (attempt < Attempts)
            {
                _apps.TryRemove(app, out _);
            }
        }
    }

    private async Task<Folded> AppendAsync(AppId app, Folded folded, SchemaFingerprintSeen[] facts, FactMetadata about, CancellationToken ct)
    {
        var appended = await store.AppendAsync(StreamName.Schemas(app), folded.Expected, facts, about, ct);
        return Keep(app, new Folded(facts.Aggregate(folded.State, KnownFingerprints.Evolve), ExpectedRevision.At(appended.Revision)));
    }

    private async Task<Folded> FoldAsync(AppId app, CancellationToken ct)
    {
        var folded = new Folded(KnownFingerprints.Initial, ExpectedRevision.NoStream);
        await foreach (var recorded in store.ReadStreamAsync(StreamName.Schemas(app), ct: ct))
        {
            var fact = FactJson.Deserialize(recorded.Type, recorded.Data.Span);
            folded = new Folded(KnownFingerprints.Evolve(folded.State, fact), ExpectedRevision.At(recorded.Revision));
        }

        return Keep(app, folded);
    }

    private Folded Keep(AppId app, Folded folded)
    {
        if (_apps.Count >= MaxApps) _apps.Clear();
        return _apps[app] = folded;
    }

    private sealed record Folded(KnownFingerprints State, ExpectedRevision Expected);
}
