using System.Diagnostics.Metrics;

namespace EventEngine.Infrastructure.EventStore;

internal static class StoreMetrics
{
    public const string MeterName = "EventEngine.EventStore";

    private static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Appends = Meter.CreateCounter<long>("eventengine.store.appends", "{append}", "Appends answered, refused ones included");

    public static readonly Counter<long> Events = Meter.CreateCounter<long>("eventengine.store.events", "{event}", "Events made durable");

    public static readonly Counter<long> Failures = Meter.CreateCounter<long>("eventengine.store.failures", "{group}", "Groups that could not be written");

    public static readonly Histogram<int> GroupSize = Meter.CreateHistogram<int>("eventengine.store.group_size", "{event}", "Events committed together");

    public static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>("eventengine.store.commit_duration", "s", "From taking a group to its commit");

    public static readonly UpDownCounter<long> Queued = Meter.CreateUpDownCounter<long>("eventengine.store.queued", "{event}", "Events waiting or being written");
}
