using System.Diagnostics;
using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>An append on its way: its caller waits until the group it went with is committed.</summary>
internal sealed class PendingAppend(string stream, ExpectedRevision expected, EncodedAppend encoded)
{
    private const int Waiting = 0, Taken = 1, Cancelled = 2;
    private readonly TaskCompletionSource<AppendResult> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;
    private AppendResult _result;
    private Exception? _refusal;

    public string Stream { get; } = stream;

    public ExpectedRevision Expected { get; } = expected;

    public EncodedAppend Encoded { get; } = encoded;

    /// <summary>The span of its caller; default when nobody traces.</summary>
    public ActivityContext Sender { get; } = Activity.Current?.Context ?? default;

    public int Events => Encoded.Events;

    public StreamHead Head { get; set; } = null!;

    public bool IsRefused => _refusal is not null;

    public long FirstPosition { get; private set; }

    public long FirstRevision { get; private set; }

    /// <summary>A caller who gives up in time writes nothing; later, the outcome is unknown to it.</summary>
    public async Task<AppendResult> OutcomeAsync(CancellationToken ct)
    {
        try
        {
            return await _told.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Interlocked.CompareExchange(ref _state, Cancelled, Waiting);
            throw;
        }
    }

    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public void Accept(long firstPosition, long firstRevision)
    {
        (FirstPosition, FirstRevision) = (firstPosition, firstRevision);
        Answer(PositionAt(firstPosition + Events - 1), firstRevision + Events - 1);
    }

    public void Answer(StorePosition position, long revision) => (_result, _refusal) = (new AppendResult(position, revision), null);

    public void Refuse(Exception reason) => _refusal = reason;

    /// <summary>Tells the caller what was decided.</summary>
    public void Tell()
    {
        if (_refusal is null) _told.TrySetResult(_result);
        else _told.TrySetException(_refusal);
    }

    public static StorePosition PositionAt(long position) => new(position, position);
}
