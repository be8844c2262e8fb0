using EventEngine.Domain.Organizations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.Errors;

[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    /// <summary>Under which a request keeps the exception by which it was refused.</summary>
    public static readonly object Reason = new();

    public int Status { get; private set; }

    public (string Title, string Advice) Said => Status switch
    {
        StatusCodes.Status400BadRequest => ("This address makes no sense", "A filter, a time or a cursor in it can't be read. Start again from the overview."),
        StatusCodes.Status403Forbidden when Refusal is OrganizationDisabledException => ("This organization is disabled", $"{Refusal.Message} Nothing that it reported before is lost."),
        StatusCodes.Status403Forbidden => ("You may not see this", $"{Refusal?.Message ?? "Your role in this organization doesn't reach that far."} Ask an owner or an admin."),
        StatusCodes.Status404NotFound => ("There is nothing here", "The address is wrong, or what stood here is gone or was never yours."),
        StatusCodes.Status503ServiceUnavailable => (
            "We can't show this just now",
            Refusal?.Message ?? "The database is starting or away for a moment. Nothing is lost; try again in a few seconds."),
        _ => ("Something broke on our side", "Nothing you sent was lost. Try again; if it stays like this, tell us the reference below."),
    };

    private Exception? Refusal => HttpContext.Items[Reason] as Exception;

    public IActionResult OnGet(int status) => Show(status);

    public IActionResult OnPost(int status) => Show(status);

    private PageResult Show(int status)
    {
        Status = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        return Page();
    }
}
