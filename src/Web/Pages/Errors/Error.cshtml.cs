using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.Errors;

[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public (string Title, string Advice) Said => Status switch
    {
        StatusCodes.Status400BadRequest => ("This address makes no sense", "A filter, a time or a cursor in it can't be read. Start again from the overview."),
        StatusCodes.Status403Forbidden => ("You may not see this", "Your role in this organization doesn't reach that far. Ask an owner or an admin."),
        StatusCodes.Status404NotFound => ("There is nothing here", "The address is wrong, or what stood here is gone or was never yours."),
        _ => ("Something broke on our side", "Nothing you sent was lost. Try again; if it stays like this, tell us the reference below."),
    };

    public IActionResult OnGet(int status) => Show(status);

    public IActionResult OnPost(int status) => Show(status);

    private PageResult Show(int status)
    {
        Status = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        return Page();
    }
}
