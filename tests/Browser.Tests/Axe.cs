using System.Text.Json;
using EventEngine.Infrastructure.Shared;

namespace EventEngine.Browser.Tests;

/// <summary>axe-core, run in the page by the debugger: the content security policy would not let the page load it.</summary>
internal static class Axe
{
    public static Task<string> SourceAsync() =>
        File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Path!, "node_modules", "axe-core", "axe.min.js"));

    public static IReadOnlyList<string> Serious(JsonElement result) =>
    [
        .. from violation in result.GetProperty("violations").EnumerateArray()
           where violation.GetProperty("impact").GetString() is "serious" or "critical"
           from node in violation.GetProperty("nodes").EnumerateArray()
           select $"{violation.GetProperty("id")}: {node.GetProperty("html")} ({node.GetProperty("failureSummary")})",
    ];
}
