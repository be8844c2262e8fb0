using System.Diagnostics.Metrics;

namespace EventEngine.Projections.Runtime;

internal static class ProjectionMetrics
{
    private static readonly Meter Meter = new("EventEngine.Projections");
    private static readonly Counter<long> Facts = Meter.CreateCounter<long>("eventengine.projections.applied", "{event}", "Events applied");
    private static readonly Histogram<double> Batches = Meter.CreateHistogram<double>("eventengine.projections.batch.duration", "s", "From reading to commit of a batch");

    public static void Applied(string projection, int facts, TimeSpan took)
    {
        var tag = new KeyValuePair<string, object?>("projection", projection);
        Facts.Add(facts, tag);
        Batches.Record(took.TotalSeconds, tag);
    }

    public static void ObserveLag(Func<IEnumerable<(string Projection, TimeSpan Lag)>> observe) =>
        Meter.CreateObservableGauge(
            "eventengine.projections.lag",
            () => observe().Select(one => new Measurement<double>(one.Lag.TotalSeconds, new KeyValuePair<string, object?>("projection", one.Projection))),
            "s",
            "How long the oldest event beyond the checkpoint has been waiting");
}
