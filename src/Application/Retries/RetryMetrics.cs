using System.Diagnostics.Metrics;
using EventEngine.Domain.Retries;

namespace EventEngine.Application.Retries;

internal static class RetryMetrics
{
    private static readonly Meter Meter = new("EventEngine.Retries");
    private static readonly Counter<long> Items = Meter.CreateCounter<long>("eventengine.retries.items", "{item}", "Items of retries, by what became of sending them");

    public static void Answered(IReadOnlyList<RetryAnswer> answers)
    {
        foreach (var outcome in answers.GroupBy(answer => answer.Outcome))
            Items.Add(outcome.Count(), new KeyValuePair<string, object?>("outcome", outcome.Key.ToString().ToLowerInvariant()));
    }
}
