using System.Collections.Concurrent;

namespace EventEngine.Application.EventStore.Copying;

/// <summary>Reads both stores whole, and says what each shows.</summary>
internal sealed class CopyVerification(IEventStore source, IEventStore target, CopyProgress progress)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<StreamPair>>> _streams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _surplus = new(StringComparer.Ordinal);

    public IReadOnlyList<CategoryDigest> Source { get; private set; } = [];

    public IReadOnlyList<CategoryDigest> Target { get; private set; } = [];

    /// <summary>Streams of which the target shows events that the source does not.</summary>
    public IReadOnlyCollection<string> Surplus => [.. _surplus.Keys.Order(StringComparer.Ordinal)];

    public IEnumerable<(string Name, StreamPair Pair)> Streams =>
        _streams.OrderBy(stream => stream.Key, StringComparer.Ordinal).Select(stream => (stream.Key, stream.Value.Value.Result));

    /// <param name="end">Of the source, inclusive: what came later is not copied yet.</param>
    public async Task RunAsync(StorePosition? end, CancellationToken ct)
    {
        progress.Begin(CopyPhase.Verifying, end);
        var reads = new[] { Task.Run(() => ReadSourceAsync(end, ct), ct), Task.Run(() => ReadTargetAsync(ct), ct) };
        var digests = await Task.WhenAll(reads);
        (Source, Target) = (digests[0], digests[1]);
    }

    private async Task<IReadOnlyList<CategoryDigest>> ReadSourceAsync(StorePosition? end, CancellationToken ct)
    {
        using var digest = new StoreDigest();
        await foreach (var recorded in source.ReadAllAsync(ct: ct))
        {
            if (end is null || recorded.Position > end) break;
            if (!StoreCopy.IsSystem(recorded) && (await PairAsync(recorded.Stream, ct)).Shows(recorded)) digest.Add(recorded);
            progress.Reached(recorded.Position);
        }

        return digest.Close();
    }

    private async Task<IReadOnlyList<CategoryDigest>> ReadTargetAsync(CancellationToken ct)
    {
        using var digest = new StoreDigest();
        await foreach (var recorded in target.ReadAllAsync(ct: ct))
        {
            if (StoreCopy.IsSystem(recorded)) continue;
            var pair = await PairAsync(recorded.Stream, ct);
            if (pair.HoldsCopy(recorded)) digest.Add(recorded);
            else if (pair.IsSurplus(recorded)) _surplus.AddOrUpdate(recorded.Stream, 1, (_, count) => count + 1);
        }

        return digest.Close();
    }

    private ValueTask<StreamPair> PairAsync(string stream, CancellationToken ct)
    {
        var loading = _streams.GetOrAdd(stream, name => new Lazy<Task<StreamPair>>(() => StreamPair.LoadAsync(source, target, name, ct))).Value;
        return loading.IsCompletedSuccessfully ? new(loading.Result) : new(loading);
    }
}
