using EventEngine.Application.Mail;
using EventEngine.Web.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.Mail;

/// <summary>The letters that wait, with their links to follow; for everybody else there is no such page.</summary>
[AllowAnonymous]
public sealed class OutboxModel(Outbox outbox, IMailStore mails) : PageModel
{
    private const int Most = 50;

    public IReadOnlyList<WaitingMail> Mails { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!outbox.IsOpenFor(HttpContext)) return NotFound();
        Mails = await mails.ListWaitingAsync(Most, HttpContext.RequestAborted);
        return Page();
    }

    public static bool IsLink(string line) => Uri.TryCreate(line, UriKind.Absolute, out var address) && address.Scheme.StartsWith("http", StringComparison.Ordinal);
}
