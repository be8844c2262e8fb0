using EventEngine.Application.Entries;
using EventEngine.Web.Pages.Entries;
using EventEngine.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.DeadLetters;

/// <summary>What the address of the list asks for, as it stands there.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>How long ago an event died, in words of the address.</summary>
    public static IReadOnlyList<(string Name, string Words)> Ages { get; } =
        [("1h", "less than an hour ago"), ("24h", "less than a day ago"), ("7d", "less than a week ago"), ("over-24h", "more than a day ago"), ("over-7d", "more than a week ago")];

    [FromQuery(Name = "event_name")]
    public string? EventName { get; init; }

    [FromQuery(Name = "version")]
    public int? Version { get; init; }

    [FromQuery(Name = "error_class")]
    public string? ErrorClass { get; init; }

    [FromQuery(Name = "attempts")]
    public int? Attempts { get; init; }

    [FromQuery(Name = "attempts_max")]
    public int? AttemptsMax { get; init; }

    [FromQuery(Name = "age")]
    public string? Age { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary>Of groups alone.</summary>
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    public bool IsEmpty => !Chips(at => at).Any();

    /// <summary>How many of those are set that are seldom needed.</summary>
    public int More => Chips(at => at).Count(chip => chip.Parameter is "version" or "error_class" or "attempts" or "attempts_max" or "from" or "to");

    /// <param name="group">A fingerprint; null: of any group.</param>
    public DeadLetterCriteria Criteria(Viewer viewer, string? group = null)
    {
        var (from, to) = AgeRange(viewer.Now);
        return new DeadLetterCriteria(
            Blank(EventName), Version, Blank(ErrorClass), Attempts, AttemptsMax, Later(viewer.ReadTime(From), from), Earlier(viewer.ReadTime(To), to), Blank(Q), group);
    }

    /// <summary>Those that are set, in the order of the bar.</summary>
    public IEnumerable<FilterChip> Chips(Func<string, string> time) => new FilterChip?[]
    {
        Chip("state", "State", Words.OfGroupFilter(State)),
        Chip("event_name", "Event", EventName),
        Chip("q", "Text", Q),
        Chip("age", "Died", Ages.FirstOrDefault(age => age.Name == Age).Words),
        Chip("from", "From", From is { Length: > 0 } ? time(From) : null),
        Chip("to", "To", To is { Length: > 0 } ? time(To) : null),
        Chip("version", "Version", Version is { } version ? $"v{version}" : null),
        Chip("error_class", "Error class", ErrorClass),
        Chip("attempts", "Attempts", Attempts is { } least ? $"{least} or more" : null),
        Chip("attempts_max", "Attempts", AttemptsMax is { } most ? $"{most} or fewer" : null),
    }.OfType<FilterChip>();

    private (DateTimeOffset? From, DateTimeOffset? To) AgeRange(DateTimeOffset now) => Age switch
    {
        "1h" => (now.AddHours(-1), null),
        "24h" => (now.AddHours(-24), null),
        "7d" => (now.AddDays(-7), null),
        "over-24h" => (null, now.AddHours(-24)),
        "over-7d" => (null, now.AddDays(-7)),
        _ => (null, null),
    };

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static FilterChip? Chip(string parameter, string label, string? value) => Blank(value) is { } set ? new FilterChip(parameter, label, set) : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
