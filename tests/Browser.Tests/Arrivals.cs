using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace EventEngine.Browser.Tests;

/// <summary>
/// Waits for the address by looking at it again and again: Playwright's own wait also waits for a load event, which may have come and gone
/// between its look at the address and its wait, and then it waits in vain.
/// </summary>
internal static class Arrivals
{
    internal static Task ArriveAsync(this IPage page, string pattern) => Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern), new() { Timeout = 30_000 });
}
