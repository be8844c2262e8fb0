using FluentValidation;

namespace EventEngine.Application.Apps;

internal static class AppNameRules
{
    public static IRuleBuilderOptions<T, string> NameOfAnApp<T>(this IRuleBuilder<T, string> rule) => rule.NotEmpty().MaximumLength(100).WithName("name");

    public static IRuleBuilderOptions<T, string> EnvironmentOfAnApp<T>(this IRuleBuilder<T, string> rule) => rule.NotEmpty().MaximumLength(50).WithName("environment");
}
