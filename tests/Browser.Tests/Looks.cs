using System.Text.Json;

namespace EventEngine.Browser.Tests;

/// <summary>What every page must be: quiet, no wider than the window, and open to everybody.</summary>
internal static class Looks
{
    /// <summary>What rises into sight has no contrast yet.</summary>
    private const string Settle =
        "document.getAnimations().filter(one => one.effect.getComputedTiming().iterations !== Infinity).forEach(one => one.finish())";

    public static async Task AreRightAsync(Visit visit)
    {
        var (page, width) = (visit.Page.Url, visit.Page.ViewportSize!.Width);
        if (await visit.Page.Locator(".fresh").CountAsync() > 0) await visit.IsLiveAsync();
        (await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, page);
        visit.Complaints.ShouldBeEmpty();
        await visit.Page.EvaluateAsync(Settle);
        await visit.Page.EvaluateAsync(await Axe.SourceAsync());
        var found = await visit.Page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] })");
        Axe.Serious(found).ShouldBeEmpty($"{page} at {width} px");
    }
}
