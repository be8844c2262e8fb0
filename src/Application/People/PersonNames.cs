using EventEngine.Application.Shared;
using FluentValidation;

namespace EventEngine.Application.People;

/// <summary>How a person may call herself: it stands in letters to others.</summary>
public static class PersonNames
{
    public const int Longest = 100;

    public static IRuleBuilderOptions<T, string?> PersonName<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(Longest).WithMessage($"A name has at most {Longest} characters.")
        .Must(name => name is null || (StorableText.CanBeStored(name) && !name.Any(char.IsControl))).WithMessage("This name holds a character that no name has.")
        .Must(name => name?.Contains("://", StringComparison.Ordinal) != true).WithMessage("A name is no address.");

    /// <returns>Null for one that says nothing.</returns>
    public static string? Tidy(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim();
}
