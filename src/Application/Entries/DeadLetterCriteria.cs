using EventEngine.Application.Shared;
using EventEngine.Domain.DeadLetters;
using FluentValidation;

namespace EventEngine.Application.Entries;

/// <summary>Which of the events that are dead-lettered now. One that is left out asks for nothing.</summary>
/// <param name="AttemptsAtLeast">Inclusive, as is <paramref name="AttemptsAtMost"/>; an event that never said how often it was tried meets neither.</param>
/// <param name="From">Time of death, inclusive; <paramref name="To"/> is exclusive.</param>
/// <param name="Q">Beginning of the event id, or a part of the error's class or message.</param>
/// <param name="Group">An <see cref="ErrorFingerprint"/>.</param>
/// <param name="Groups">In any of several.</param>
public sealed record DeadLetterCriteria(
    string? EventName = null,
    int? Version = null,
    string? ErrorClass = null,
    int? AttemptsAtLeast = null,
    int? AttemptsAtMost = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Q = null,
    string? Group = null,
    IReadOnlyCollection<string>? Groups = null) : ITimeRange
{
    private const int MostGroups = 500;

    /// <summary>Of some groups, and asks for nothing else.</summary>
    public bool IsOfGroups => (Group ?? (object?)Groups) is not null && this with { Group = null, Groups = null } == new DeadLetterCriteria();

    public sealed class Validator : AbstractValidator<DeadLetterCriteria>
    {
        public Validator()
        {
            Include(TimeRangeRules.Open);
            RuleFor(criteria => criteria.EventName).SearchText("event_name");
            RuleFor(criteria => criteria.ErrorClass).SearchText("error_class");
            RuleFor(criteria => criteria.Q).SearchText("q");
            RuleFor(criteria => criteria.AttemptsAtMost).Must((criteria, most) => most is null || criteria.AttemptsAtLeast is not { } least || least <= most)
                .WithMessage("attempts_max must not be below attempts.");
            RuleFor(criteria => criteria.Group).Must(group => group is null || ErrorFingerprint.Parse(group) is not null)
                .WithMessage("group is the fingerprint of a group: 16 hexadecimal digits.");
            RuleFor(criteria => criteria.Groups).Must(groups => groups is null || (groups.Count is > 0 and <= MostGroups && groups.All(group => ErrorFingerprint.Parse(group) is not null)))
                .WithMessage($"groups holds between 1 and {MostGroups} fingerprints of 16 hexadecimal digits.");
        }
    }
}
