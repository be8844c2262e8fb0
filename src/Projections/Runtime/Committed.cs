using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Shared;

namespace EventEngine.Projections.Runtime;

/// <summary>What listeners on the database hear of a commit. At most 8,000 bytes: when many apps changed, it says so instead of naming them.</summary>
internal static class Committed
{
    public const string Channel = "views_committed";
    private const int MostApps = 150;

    /// <summary>Every row may have changed.</summary>
    public static string ConcerningAll(string projection, StorePosition? position) =>
        JsonSerializer.Serialize(new { projection, position = position?.ToString(), apps = "*" });

    public static string Describe(string projection, StorePosition position, IReadOnlyList<StoredFact> facts)
    {
        var apps = new HashSet<Guid>();
        foreach (var fact in facts)
        {
            if (apps.Count <= MostApps && !fact.Stream.StartsWith(StreamName.OrganizationCategory + "-")) apps.Add(fact.Subject);
        }

        object changed = apps.Count > MostApps ? "*" : apps.Select(app => app.ToString("N"));
        return JsonSerializer.Serialize(new { projection, position = position.ToString(), apps = changed });
    }
}
