using EventEngine.Application.Entries;

namespace EventEngine.Application.Retries;

internal static class RetryWords
{
    public static string Of(DeadLetterCriteria criteria, string? error)
    {
        string?[] parts =
        [
            criteria.Group is { } group ? $"Group {error ?? group}" : null,
            criteria.Groups is { } groups ? error is null ? $"{groups.Count} groups" : $"Groups {error}" : null,
            criteria.EventName,
            criteria.Version is { } version ? $"v{version}" : null,
            criteria.ErrorClass,
            criteria.AttemptsAtLeast is { } least ? $"at least {least} attempts" : null,
            criteria.AttemptsAtMost is { } most ? $"at most {most} attempts" : null,
            criteria.From is { } from ? $"from {from.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : null,
            criteria.To is { } to ? $"until {to.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : null,
            criteria.Q is { } text ? $"“{text}”" : null,
        ];
        var said = string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
        return said.Length == 0 ? "All dead letters" : said;
    }
}
