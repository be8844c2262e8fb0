using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Retries;
using FluentValidation;

namespace EventEngine.Application.Retries;

/// <summary>Which dead letters are to be retried: exactly one of some events, all that meet criteria, or what an earlier retry could not bring about.</summary>
/// <param name="HeardBy">What we had heard when somebody looked at them: of what was reported later, nothing is part of it.</param>
public sealed record RetrySelection(
    IReadOnlyCollection<string>? EventIds = null, DeadLetterCriteria? Criteria = null, Guid? FailedOf = null, DateTimeOffset? HeardBy = null)
{
    private const int MostIds = 10_000;

    public RetrySelectionKind Kind =>
        EventIds is not null ? RetrySelectionKind.Events
        : FailedOf is not null ? RetrySelectionKind.Failed
        : Criteria!.IsOfGroups ? RetrySelectionKind.Group
        : RetrySelectionKind.Filter;

    public sealed class Validator : AbstractValidator<RetrySelection>
    {
        public Validator()
        {
            RuleFor(selection => selection).Must(HasOne).WithMessage("Choose events, groups, a filter or an earlier retry, and only one of them.");
            RuleFor(selection => selection.EventIds!).Must(ids => ids.Count is > 0 and <= MostIds && ids.All(IsId))
                .When(selection => selection.EventIds is not null).WithMessage($"event_ids holds between 1 and {MostIds:N0} ids of 1 to 200 characters; more are retried by a filter.");
            RuleFor(selection => selection.Criteria!).SetValidator(new DeadLetterCriteria.Validator()).When(selection => selection.Criteria is not null);
        }

        private static bool HasOne(RetrySelection selection) =>
            new object?[] { selection.EventIds, selection.Criteria, selection.FailedOf }.Count(part => part is not null) == 1;

        private static bool IsId(string id) => id is { Length: > 0 and <= 200 } && StorableText.CanBeStored(id);
    }
}
