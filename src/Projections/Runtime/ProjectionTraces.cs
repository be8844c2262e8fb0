using System.Diagnostics;
using EventEngine.Application.EventStore;

namespace EventEngine.Projections.Runtime;

internal static class ProjectionTraces
{
    private static readonly ActivitySource Source = new("EventEngine.Projections");

    /// <summary>A batch, from its first statement to its commit.</summary>
    public static Activity? Apply(string projection, int facts, StorePosition to) => facts == 0 ? null : Source.StartActivity("projection apply")?
        .SetTag("eventengine.projection", projection).SetTag("eventengine.facts", facts).SetTag("eventengine.position", to.ToString());
}
