using System.Security.Claims;
using EventEngine.Application.Mail;
using EventEngine.Application.People;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Authentication;

namespace EventEngine.Web.People;

/// <summary>Back from GitHub: signs in, links, or says at the sign-in page why not.</summary>
internal static class GitHubReturn
{
    public const string PersonItem = "person";
    private const string SignInPage = "/sign-in?problem=";

    public static async Task ReceiveAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        var http = context.HttpContext;
        var (asked, isSame) = await LinkerAsync(context);
        var email = context.Principal!.FindFirstValue(ClaimTypes.Email);
        if (!isSame || !MailAddresses.IsOne(email))
        {
            http.Response.Redirect(SignInPage + GitHubProblems.Failed);
            return;
        }

        var command = new SignInWithGitHub(
            context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier)!, context.Principal!.FindFirstValue(GitHubUser.LoginClaim)!, email!,
            context.Principal!.FindFirstValue(ClaimTypes.Name), asked);
        var outcome = await http.RequestServices.GetRequiredService<IMediator>().Send(command, http.RequestAborted);
        http.Response.Redirect(await AddressAfterAsync(outcome, http, LocalAddress.Of(context.ReturnUri)));
    }

    public static Task FailAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        context.HttpContext.RequestServices.GetRequiredService<ILogger<GitHubHandler>>()
            .LogWarning("Signing in with GitHub failed: {Reason}", context.Failure?.Message);
        context.Response.Redirect(SignInPage + GitHubProblems.Failed);
        return Task.CompletedTask;
    }

    /// <summary>Who asked to link must still be who is signed in here: the way to GitHub and back may take long.</summary>
    private static async Task<(Guid? Asked, bool IsSame)> LinkerAsync(TicketReceivedContext context)
    {
        if (!context.Properties!.Items.TryGetValue(PersonItem, out var text) || !Guid.TryParse(text, out var asked)) return (null, true);
        var session = await context.HttpContext.AuthenticateAsync(SessionHandler.SchemeName);
        return (asked, session.Principal?.Id() == asked);
    }

    private static async Task<string> AddressAfterAsync(GitHubOutcome outcome, HttpContext http, string destination)
    {
        switch (outcome)
        {
            case GitHubOutcome.Welcome welcome:
                await http.RequestServices.GetRequiredService<SessionCookie>().SignInAsync(http, welcome.PersonId);
                return welcome.IsNew && destination == LocalAddress.Home ? "/onboarding" : destination;
            case GitHubOutcome.Linked:
                return destination;
            default:
                return SignInPage + (outcome is GitHubOutcome.SignInFirst ? GitHubProblems.SignInFirst : GitHubProblems.Taken);
        }
    }
}
