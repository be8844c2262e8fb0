using EventEngine.Domain.Organizations;

namespace EventEngine.Application.Ingestion;

/// <summary>The plan's events of this month are used up: the whole batch was refused, and counted.</summary>
public sealed class QuotaExceededException(Plan plan, long limit, DateTimeOffset receivedAt)
    : Exception($"{plan} plan limited to {limit:N0} events/month")
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Until the next month begins, at most an hour: a better plan may come first. Whole seconds, at least 1.</summary>
    public int RetryAfterSeconds { get; } = (int)Math.Clamp(Math.Ceiling((Month.Of(receivedAt).End - receivedAt).TotalSeconds), 1, Longest.TotalSeconds);
}
