using EventEngine.Application.Shared;
using FluentValidation;

namespace EventEngine.Application.Organizations;

/// <summary>How an organization may be called: it stands in letters to people who have never heard of us.</summary>
public static class OrganizationNames
{
    public const int Longest = 100;

    public static IRuleBuilderOptions<T, string> OrganizationName<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("An organization needs a name.")
        .MaximumLength(Longest).WithMessage($"A name has at most {Longest} characters.")
        .Must(name => name is null || (StorableText.CanBeStored(name) && !name.Any(char.IsControl))).WithMessage("This name holds a character that no name has.")
        .Must(name => name?.Contains("://", StringComparison.Ordinal) != true).WithMessage("A name is no address.");
}
