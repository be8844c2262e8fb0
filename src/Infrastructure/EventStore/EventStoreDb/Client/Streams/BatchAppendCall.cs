using System.Collections.Concurrent;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

/// <summary>
/// One call on which all appends travel, told apart by correlation ids; answers come in any order. When it ends, whoever still waits is told,
/// and the next append opens another.
/// </summary>
internal sealed class BatchAppendCall : IAsyncDisposable
{
    private const string Method = "/event_store.client.streams.Streams/BatchAppend";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Appended>> _waiting = new();
    private readonly GrpcRequest _request = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _deadline;
    private readonly bool _deadlineIsDuration;
    private readonly Task _answers;
    private volatile Exception? _end;
    private bool _hasAnswered;

    public BatchAppendCall(GrpcChannel channel, TimeSpan deadline, bool deadlineIsDuration)
    {
        (_deadline, _deadlineIsDuration) = (deadline, deadlineIsDuration);
        _answers = Task.Run(() => ReadAnswersAsync(channel));
    }

    public bool HasEnded => _end is not null;

    /// <exception cref="EventStoreDbException">It was refused, its time ran out, or the call ended before an answer came.</exception>
    public async Task<Appended> AppendAsync(string stream, StreamState expected, IReadOnlyList<EventData> events, CancellationToken ct)
    {
        var correlation = Guid.NewGuid();
        var answer = new TaskCompletionSource<Appended>(TaskCreationOptions.RunContinuationsAsynchronously);
        var frame = BatchAppendMessage.Frame(correlation, stream, expected, events, _deadline, _deadlineIsDuration);
        _waiting[correlation] = answer;
        try
        {
            if (!_request.TryWrite(frame) || _end is not null) throw new ServerUnavailableException("The call for appends has ended.", _end);
            return await answer.Task.WaitAsync(_deadline + Grace, ct);
        }
        catch (TimeoutException e)
        {
            throw new DeadlineException($"The server did not answer an append within {_deadline.TotalSeconds} s.", e);
        }
        finally
        {
            _waiting.TryRemove(correlation, out _);
        }
    }

    /// <summary>Takes no more; answers to what was sent still come, and then the call ends.</summary>
    public void Complete() => _request.Complete();

    public async ValueTask DisposeAsync()
    {
        _request.Complete();
        await _stop.CancelAsync();
        await _answers;
        _stop.Dispose();
    }

    private async Task ReadAnswersAsync(GrpcChannel channel)
    {
        try
        {
            using var call = await channel.StartAsync(Method, _request, BatchAppendResponse.Parser, null, _stop.Token);
            while (await call.ReadAsync(_stop.Token) is { } response) Answer(response);
            End(new ServerUnavailableException("The server ended the call for appends."));
        }
        catch (NotLeaderException e) when (_hasAnswered)
        {
            // It led until now: what has no answer yet may have been written.
            End(new ServerUnavailableException("The node lost its lead.", e));
        }
        catch (Exception e)
        {
            End(e is EventStoreDbException ? e : new ServerUnavailableException($"The call for appends broke: {e.Message}", e));
        }
    }

    private void Answer(BatchAppendResponse response)
    {
        _hasAnswered = true;
        if (!_waiting.TryGetValue(Wire.Id(response.CorrelationId), out var waiting)) return;
        if (response.ResultCase == BatchAppendResponse.ResultOneofCase.Success) waiting.TrySetResult(Wire.Appended(response.Success));
        else waiting.TrySetException(AppendFailures.Of(response.Failure ?? new Status { Message = "no reason given" }));
    }

    // In this order: an append that enters meanwhile either sees the end or is seen here.
    private void End(Exception e)
    {
        _end = e;
        _request.Complete();
        foreach (var waiting in _waiting.Values) waiting.TrySetException(e);
    }
}
