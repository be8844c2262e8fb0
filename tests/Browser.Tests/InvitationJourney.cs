using System.Text.RegularExpressions;
using EventEngine.Application.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class InvitationJourney(Product product)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Somebody_without_an_account_is_invited_makes_one_and_is_in()
    {
        var email = await InviteAsync("developer");
        await using var guest = await product.VisitAsync(width: 360);
        await guest.Page.GotoAsync(await LinkAsync(email));
        await Expect(guest.Page.GetByLabel("Email")).ToHaveValueAsync(email);
        await guest.Page.GetByLabel("Your name").FillAsync("Nora Guest");
        await guest.Page.GetByLabel("Password").FillAsync(Password);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Create account and join" }).ClickAsync();
        await guest.Page.ArriveAsync("/dashboard$");
        await guest.Page.GotoAsync("/dashboard/settings/people");
        await Expect(guest.Page.Locator("main").GetByText("Nora Guest").First).ToBeVisibleAsync();
        var send = guest.Page.GetByRole(AriaRole.Button, new() { Name = "Send invitation" });
        await Expect(send).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(send).ToHaveAttributeAsync("title", "Needs the role admin or above");
        guest.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_with_an_account_signs_in_first_and_comes_back_to_the_invitation()
    {
        var email = await InviteAsync("member");
        await using (var first = await product.VisitAsync())
        {
            await first.Page.GotoAsync(await LinkAsync(email));
            await first.Page.GetByLabel("Password").FillAsync(Password);
            await first.Page.GetByRole(AriaRole.Button, new() { Name = "Create account and join" }).ClickAsync();
            await first.Page.ArriveAsync("/dashboard$");
            await first.Page.GotoAsync("/dashboard/settings/organization");
            await first.Page.GetByRole(AriaRole.Button, new() { Name = "Leave…" }).ClickAsync();
            await first.Page.GetByRole(AriaRole.Button, new() { Name = $"Leave {ProductHost.Organization}" }).ClickAsync();
            await first.Page.ArriveAsync("^(?!.*/settings/)");
        }

        await InviteAsync("admin", email);
        await using var guest = await product.VisitAsync();
        await guest.Page.GotoAsync(await LinkAsync(email));
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in to join" }).ClickAsync();
        await guest.Page.GetByLabel("Email").FillAsync(email);
        await guest.Page.GetByLabel("Password").FillAsync(Password);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await guest.Page.ArriveAsync("/invitations/");
        await guest.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Join as") }).ClickAsync();
        await guest.Page.ArriveAsync("/dashboard$");
        await guest.Page.Locator(".organization summary").ClickAsync();
        await Expect(guest.Page.Locator(".organization [aria-current=true]")).ToContainTextAsync("admin");
        guest.Complaints.ShouldBeEmpty();
    }

    private async Task<string> InviteAsync(string role, string? email = null)
    {
        email ??= $"guest-{Guid.NewGuid():N}@example.test";
        await using var owner = await product.SignedInAsync();
        await owner.Page.GotoAsync("/dashboard/settings/people");
        await owner.Page.GetByLabel("Email").FillAsync(email);
        await owner.Page.Locator("#role").SelectOptionAsync(new SelectOptionValue { Label = role });
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Cell, new() { Name = email, Exact = true })).ToBeVisibleAsync();
        return email;
    }

    private async Task<string> LinkAsync(string email)
    {
        var letters = await product.Host.Services.GetRequiredService<IMailStore>().ListWaitingAsync(limit: 200, CancellationToken.None);
        var text = letters.First(mail => mail.Letter.To == email).Letter.Text;
        return text.Split('\n').Single(line => line.Contains("/invitations/", StringComparison.Ordinal)).Trim();
    }
}
