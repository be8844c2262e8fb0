using EventEngine.Infrastructure.Shared;
using Microsoft.Playwright;

namespace EventEngine.Browser.Tests;

/// <summary>
/// Leaves a picture of every page in <c>TestResults/pictures</c>, to be looked at. With EVENTENGINE_ADDRESS, EVENTENGINE_EMAIL and
/// EVENTENGINE_PASSWORD they are of a running product: docs/screenshots is made from its demo.
/// </summary>
[Collection(ProductCollection.Name)]
public sealed class PicturesJourney(Product product)
{
    private static readonly string Folder = Path.Combine(RepositoryFolder.Path!, "tests", "Browser.Tests", "TestResults", "pictures");
    private static readonly string? Address = Environment.GetEnvironmentVariable("EVENTENGINE_ADDRESS");

    [Fact]
    public async Task Every_page_has_its_picture_taken()
    {
        foreach (var (width, scheme) in Product.Looks)
        {
            await using var visit = await product.VisitAsync(width, scheme, Address);
            await visit.Page.GotoAsync("/sign-in");
            await TakeAsync(visit, "sign-in", width, scheme);
            await visit.EnterAsync(Setting("EMAIL") ?? ProductHost.Email, Setting("PASSWORD") ?? ProductHost.Password);
            foreach (var (name, path) in await PagesAsync(visit))
            {
                await visit.Page.GotoAsync(path);
                await visit.IsLiveAsync();
                await TakeAsync(visit, name, width, scheme);
            }
        }

        Directory.GetFiles(Folder, "overview-*.png").Length.ShouldBe(Product.Looks.Count);
    }

    private static async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync(Visit visit)
    {
        var app = await visit.Page.Locator("#rail-apps a").Last.GetAttributeAsync("href");
        return
        [
            ("overview", "/dashboard"), ("app", app!), ("app-7d", app + "?range=7d"), ("events", app + "/events"), ("rejected", app + "/rejected"),
            ("pipeline", "/dashboard/pipeline"), ("apps", "/dashboard/settings/apps"), ("keys", app!.Replace("/apps", "/settings/apps")),
            ("billing", "/dashboard/settings/billing"),
        ];
    }

    private static async Task TakeAsync(Visit visit, string name, int width, ColorScheme scheme)
    {
        await visit.Page.Mouse.MoveAsync(0, 0); // a list under the pointer would stand still
        var path = Path.Combine(Folder, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png");
        await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
    }

    private static string? Setting(string name) => Address is null ? null : Environment.GetEnvironmentVariable("EVENTENGINE_" + name);
}
