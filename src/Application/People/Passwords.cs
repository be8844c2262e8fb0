using FluentValidation;

namespace EventEngine.Application.People;

/// <summary>Length is what makes a password hard to guess; rules about its characters only make it hard to remember.</summary>
public static class Passwords
{
    public const int Shortest = 8;
    public const int Longest = 200;

    public static IRuleBuilderOptions<T, string> NewPassword<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Choose a password.")
        .MinimumLength(Shortest).WithMessage($"A password has at least {Shortest} characters.")
        .MaximumLength(Longest).WithMessage($"A password has at most {Longest} characters.");
}
