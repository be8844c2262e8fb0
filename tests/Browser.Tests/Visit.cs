using Microsoft.Playwright;

namespace EventEngine.Browser.Tests;

/// <summary>A person's browser. Whatever it complains about (errors, violations of the content security policy) is kept.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => _complaints;

    public async Task EnterAsync(string email, string password)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Email").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(Page.Locator("[role=alert], .fresh").First).ToBeAttachedAsync(new() { Timeout = 30_000 });
    }

    public async Task SignInAsync()
    {
        await EnterAsync(ProductHost.Email, ProductHost.Password);
        await Page.ArriveAsync("/dashboard$");
        await IsLiveAsync();
    }

    public Task IsLiveAsync() => Assertions.Expect(Page.Locator(".fresh")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = 30_000 });

    /// <summary>To the app that the host was provisioned with.</summary>
    public async Task<string> OpenAppAsync(string below = "")
    {
        var address = await Page.Locator($"#rail-apps a[title^='{ProductHost.App},']").GetAttributeAsync("href");
        await Page.GotoAsync(address + below);
        return address!;
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
