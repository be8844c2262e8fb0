using FluentValidation;

namespace EventEngine.Web.Pages.Onboarding;

internal static class Problems
{
    public static string Say(Exception error) => error is ValidationException invalid ? invalid.Errors.First().ErrorMessage : error.Message;
}
