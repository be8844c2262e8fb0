using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EventEngine.Web.Demo;

/// <summary>When the simulated apps went out, as the last step of their builds tells it.</summary>
internal static class DemoDeploys
{
    public static IEnumerable<JsonObject> Of(DemoApp app, DateTimeOffset after, DateTimeOffset until)
    {
        var every = app.DeploysEvery.Ticks;
        for (var number = (after.UtcTicks / every) + 1; number * every <= until.UtcTicks; number++) yield return Deploy(app, number, new DateTimeOffset(number * every, TimeSpan.Zero));
    }

    private static JsonObject Deploy(DemoApp app, long number, DateTimeOffset at) => new()
    {
        ["version"] = $"v{number % 1_000}",
        ["at"] = at,
        ["revision"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{app.Name} {number}")))[..7],
        ["url"] = $"https://ci.acme.example/{app.Name}/{number % 1_000}",
    };
}
