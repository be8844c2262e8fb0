using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

/// <summary>What every page must be: quiet, no wider than the window, and open to everybody.</summary>
internal static class Looks
{
    /// <summary>What rises into sight has no contrast yet.</summary>
    private const string Settle =
        "document.getAnimations().filter(one => one.effect.getComputedTiming().iterations !== Infinity).forEach(one => one.finish())";

    /// <summary>It may stand still under the pointer, or come late on a busy machine.</summary>
    private static readonly Regex Connected = new("^(live|paused|behind)$");

    /// <summary>As it stands, in light and in dark.</summary>
    public static async Task AreRightInBothThemesAsync(Visit visit)
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await AreRightAsync(visit);
        }
    }

    public static async Task AreRightAsync(Visit visit)
    {
        var (page, width) = (visit.Page.Url, visit.Page.ViewportSize!.Width);
        if (await visit.Page.Locator(".fresh").CountAsync() > 0) await Expect(visit.Page.Locator(".fresh")).ToHaveAttributeAsync("data-state", Connected, new() { Timeout = 30_000 });
        (await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, page);
        visit.Complaints.ShouldBeEmpty();
        await visit.Page.EvaluateAsync(Settle);
        await visit.Page.EvaluateAsync(await Axe.SourceAsync());
        var found = await visit.Page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] })");
        Axe.Serious(found).ShouldBeEmpty($"{page} at {width} px");
    }
}
