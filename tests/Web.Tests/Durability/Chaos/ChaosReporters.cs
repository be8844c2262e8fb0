using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EventEngine.Web.Tests.Durability.Chaos;

/// <summary>
/// Reporters that go on whatever happens: a batch that was not answered is sent again or given up, and now and then one hangs up in the
/// middle of a request.
/// </summary>
internal sealed class ChaosReporters(Uri address, string key, int seed) : IDisposable
{
    private const int Reporters = 6, EntriesPerBatch = 20, MostHangUpMs = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4), Pause = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = Patience };
    private readonly ConcurrentBag<long> _acknowledged = [];
    private readonly ConcurrentDictionary<int, int> _answers = new();
    private long _next;

    /// <summary>Ids of the events that were answered with 202.</summary>
    public IReadOnlyCollection<long> Acknowledged => _acknowledged;

    public string Answers => string.Join(", ", _answers.OrderBy(pair => pair.Key).Select(pair => $"{(pair.Key == 0 ? "none" : $"{pair.Key}")}: {pair.Value}"));

    public Task RunAsync(CancellationToken ct) => Task.WhenAll(Enumerable.Range(1, Reporters).Select(number => Task.Run(() => RunAsync(new Random(seed + number), ct), CancellationToken.None)));

    public void Dispose() => _http.Dispose();

    private async Task RunAsync(Random random, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var first = Interlocked.Add(ref _next, EntriesPerBatch) - EntriesPerBatch;
            var body = Batch(first);
            while (!ct.IsCancellationRequested)
            {
                var status = await PostAsync(body, hangsUp: random.Next(20) == 0 ? random.Next(MostHangUpMs) : null);
                _answers.AddOrUpdate(status is null ? 0 : (int)status, 1, (_, count) => count + 1);
                if (status == HttpStatusCode.Accepted)
                {
                    for (var id = first; id < first + EntriesPerBatch; id++) _acknowledged.Add(id);
                    break;
                }

                await Task.Delay(Pause, CancellationToken.None);
                if (random.Next(3) == 0) break;
            }
        }
    }

    /// <returns>Null when no answer came.</returns>
    private async Task<HttpStatusCode?> PostAsync(string body, int? hangsUp)
    {
        using var hangUp = new CancellationTokenSource(hangsUp is { } ms ? TimeSpan.FromMilliseconds(ms) : Timeout.InfiniteTimeSpan);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ingest/events") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var answer = await _http.SendAsync(request, hangUp.Token);
            return answer.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private static string Batch(long first)
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        var entries = Enumerable.Range(0, EntriesPerBatch).Select(i =>
            $$"""{"event_id":{{first + i}},"event_name":"order.placed","event_version":1,"status":"published","latency_ms":{{i}},"timestamp":"{{now}}"}""");
        return $$"""{"entries":[{{string.Join(',', entries)}}]}""";
    }
}
