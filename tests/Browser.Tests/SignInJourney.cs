using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class SignInJourney(Product product)
{
    [Fact]
    public async Task A_stranger_is_led_to_the_sign_in_and_back_to_where_they_were_going()
    {
        await using var visit = await product.VisitAsync();
        await visit.Page.GotoAsync("/dashboard/pipeline");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/sign-in"));
        await visit.Page.GetByLabel("Email").FillAsync(ProductHost.Email);
        await visit.Page.GetByLabel("Password").FillAsync(ProductHost.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/dashboard/pipeline$"));
    }

    [Fact]
    public async Task A_return_address_of_another_site_is_not_followed()
    {
        await using var visit = await product.VisitAsync();
        await visit.Page.GotoAsync("/sign-in?ReturnUrl=https%3A%2F%2Fevil.example%2F");
        await visit.Page.GetByLabel("Email").FillAsync(ProductHost.Email);
        await visit.Page.GetByLabel("Password").FillAsync(ProductHost.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/dashboard$"));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_told_the_same()
    {
        await using var visit = await product.VisitAsync();
        await visit.EnterAsync("nobody@example.test", "wrong");
        var unknown = await visit.Page.GetByRole(AriaRole.Alert).TextContentAsync();
        await visit.EnterAsync("Mira@example.test", "wrong");
        (await visit.Page.GetByRole(AriaRole.Alert).TextContentAsync()).ShouldBe(unknown);
    }

    [Fact]
    public async Task Signing_out_closes_the_dashboard()
    {
        await using var visit = await product.SignedInAsync();
        await visit.Page.Locator(".top-end .menu summary").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/sign-in$"));
        await visit.Page.GotoAsync("/dashboard");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/sign-in"));
    }
}
