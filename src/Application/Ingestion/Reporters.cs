using System.Collections.Concurrent;

namespace EventEngine.Application.Ingestion;

/// <summary>
/// The reporters behind the API keys in use. Keys in use are looked up again in the background, several times a second, all in one
/// query: a request waits for a look-up only at the first use of its key, and a revoked key stops working within a second.
/// </summary>
public sealed class Reporters(IReporterDirectory directory, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromMilliseconds(400);

    private const int MaxUnknown = 10_000, LookUpsAtOnce = 8;

    private static readonly TimeSpan
        Fresh = TimeSpan.FromMilliseconds(900),
        UnknownFor = TimeSpan.FromSeconds(1),
        InUse = TimeSpan.FromMinutes(1),
        PauseWhenUnavailable = TimeSpan.FromSeconds(1),
        KeptWhenUnavailable = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<KeyDigest, Entry> _known = new();
    private readonly ConcurrentDictionary<KeyDigest, long> _unknown = new();
    private readonly SemaphoreSlim _lookUps = new(LookUpsAtOnce);
    private long _unavailableAt = long.MinValue;

    /// <returns>Null for a key that is not valid.</returns>
    /// <exception cref="ReportersUnavailableException">The key is not in use, and can't be looked up now.</exception>
    public ValueTask<Reporter?> FindAsync(KeyDigest key, CancellationToken ct)
    {
        var now = time.GetTimestamp();
        if (_known.TryGetValue(key, out var entry))
        {
            entry.UsedAt = now;
            if (time.GetElapsedTime(entry.CheckedAt, now) < Fresh || MayServeStale(entry, now)) return new(entry.Reporter);
        }
        else if (_unknown.TryGetValue(key, out var checkedAt) && time.GetElapsedTime(checkedAt, now) < UnknownFor)
        {
            return default;
        }

        return new(LookUpAsync(key, ct));
    }

    /// <summary>Looks up again all keys in use, and forgets the others.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        var now = time.GetTimestamp();
        foreach (var (key, entry) in _known)
            if (time.GetElapsedTime(entry.UsedAt, now) > InUse) _known.TryRemove(key, out _);
        foreach (var (key, checkedAt) in _unknown)
            if (time.GetElapsedTime(checkedAt, now) > UnknownFor) _unknown.TryRemove(key, out _);
        if (!_known.IsEmpty) await AskAsync([.. _known.Keys], ct);
    }

    /// <summary>The keys used since it was last asked, with the time of their last use.</summary>
    public IReadOnlyCollection<(Guid KeyId, DateTimeOffset At)> TakeUses()
    {
        var (now, at) = (time.GetTimestamp(), time.GetUtcNow());
        return [.. from entry in _known.Values let usedAt = entry.TakeUse() where usedAt is not null select (entry.Reporter.KeyId, at - time.GetElapsedTime(usedAt.Value, now))];
    }

    public void Dispose() => _lookUps.Dispose();

    private bool MayServeStale(Entry entry, long now) =>
        Volatile.Read(ref _unavailableAt) is var at && at != long.MinValue && time.GetElapsedTime(at, now) < PauseWhenUnavailable
        && time.GetElapsedTime(entry.CheckedAt, now) < KeptWhenUnavailable;

    private async Task<Reporter?> LookUpAsync(KeyDigest key, CancellationToken ct)
    {
        await _lookUps.WaitAsync(ct);
        try
        {
            if (_known.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.CheckedAt) < Fresh) return entry.Reporter;
            return await AskAsync([key], ct) ? _known.GetValueOrDefault(key)?.Reporter : throw new ReportersUnavailableException("The app of this key is being set up.");
        }
        catch (ReportersUnavailableException) when (_known.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.CheckedAt) < KeptWhenUnavailable)
        {
            return entry.Reporter;
        }
        finally
        {
            _lookUps.Release();
        }
    }

    /// <returns>False when an app of a valid key is not known yet.</returns>
    private async Task<bool> AskAsync(KeyDigest[] keys, CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        try
        {
            var answers = await directory.FindAsync(keys, ct);
            Volatile.Write(ref _unavailableAt, long.MinValue);
            return keys.Aggregate(true, (all, key) => Note(key, answers, asked) && all);
        }
        catch (ReportersUnavailableException)
        {
            Volatile.Write(ref _unavailableAt, time.GetTimestamp());
            throw;
        }
    }

    private bool Note(KeyDigest key, IReadOnlyDictionary<KeyDigest, Reporter?> answers, long asked)
    {
        if (!answers.TryGetValue(key, out var reporter))
        {
            _known.TryRemove(key, out _);
            if (_unknown.Count < MaxUnknown) _unknown[key] = asked;
            return true;
        }

        if (reporter is null) return false;
        _unknown.TryRemove(key, out _);
        _known.AddOrUpdate(key, _ => new Entry(reporter, asked), (_, entry) => entry.Confirm(reporter, asked));
        return true;
    }

    private sealed class Entry(Reporter reporter, long checkedAt)
    {
        private long _checkedAt = checkedAt;
        private long? _takenUse;

        public Reporter Reporter { get; private set; } = reporter;

        public long CheckedAt => Volatile.Read(ref _checkedAt);

        public long UsedAt { get; set; } = checkedAt;

        /// <returns>Null when it was not used since.</returns>
        public long? TakeUse() => UsedAt == _takenUse ? null : _takenUse = UsedAt;

        public Entry Confirm(Reporter reporter, long asked)
        {
            Reporter = reporter;
            if (asked > _checkedAt) Volatile.Write(ref _checkedAt, asked);
            return this;
        }
    }
}
