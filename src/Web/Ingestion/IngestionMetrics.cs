using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EventEngine.Web.Ingestion;

internal sealed class IngestionMetrics
{
    public const string MeterName = "EventEngine.Ingestion";

    private readonly Counter<long> _requests, _received, _rejected;
    private readonly Histogram<double> _duration;

    public IngestionMetrics(IMeterFactory meters, InFlightBytes inFlight)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("eventengine.ingest.requests", description: "Requests of reporters, by outcome.");
        _received = meter.CreateCounter<long>("eventengine.ingest.entries.received", description: "Entries kept in the store, rejected ones included.");
        _rejected = meter.CreateCounter<long>("eventengine.ingest.entries.rejected", description: "Entries turned down by validation.");
        _duration = meter.CreateHistogram<double>("eventengine.ingest.duration.seconds", "s", "From a request's headers to its answer.");
        meter.CreateObservableGauge("eventengine.ingest.inflight.bytes", () => inFlight.Current, "By", "Memory held by request bodies under way.");
    }

    public void Request(string outcome, long startedAt)
    {
        _requests.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _duration.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
    }

    public void Entries(int received, int rejected)
    {
        _received.Add(received);
        if (rejected > 0) _rejected.Add(rejected);
    }
}
