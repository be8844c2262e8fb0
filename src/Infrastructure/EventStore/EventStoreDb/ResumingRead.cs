using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>
/// Reads on where it was when the server goes away and comes back. Reading changes nothing, so trying again is always right; how long is for
/// the caller to say.
/// </summary>
internal sealed class ResumingRead(TimeProvider time, ILogger logger)
{
    /// <param name="open">Begins to read after the last item that was handed out; null: at the beginning.</param>
    /// <param name="patience">Failures in a row that are borne.</param>
    public async IAsyncEnumerable<T> FromAsync<T>(
        string stream, Func<T?, IAsyncEnumerable<T>> open, int patience, [EnumeratorCancellation] CancellationToken ct)
        where T : class
    {
        T? last = null;
        for (var failures = 0; ;)
        {
            await using (var items = open(last).GetAsyncEnumerator(ct))
            {
                while (true)
                {
                    bool any;
                    try
                    {
                        any = await items.MoveNextAsync();
                    }
                    catch (Exception e) when (StoreFailures.IsPassing(e) && failures < patience && !ct.IsCancellationRequested)
                    {
                        if (failures++ == 0) logger.LogWarning(e, "Reading {Stream} was interrupted; it goes on when EventStoreDB answers", stream);
                        break;
                    }
                    catch (Exception e) when (StoreFailures.IsFailure(e))
                    {
                        throw StoreFailures.Of(e, stream);
                    }

                    if (!any) yield break;
                    if (failures > 0) logger.LogInformation("Reading {Stream} goes on", stream);
                    failures = 0;
                    last = items.Current;
                    yield return last;
                }
            }

            await Task.Delay(Backoff.After(failures), time, ct);
        }
    }
}
