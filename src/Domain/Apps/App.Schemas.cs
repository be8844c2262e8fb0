using System.Collections.Immutable;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Apps;

public sealed partial record App
{
    /// <summary>As many as there are event names in an app at most.</summary>
    public const int MaxModes = 2_000;

    private ImmutableDictionary<string, CompatibilityMode> ModeOfEvents { get; init; } = ImmutableDictionary<string, CompatibilityMode>.Empty;

    private CompatibilityMode? ModeOfApp { get; init; }

    /// <summary>The event's own, else the app's, else the default.</summary>
    public CompatibilityMode ModeOf(string eventName) =>
        ModeOfEvents.TryGetValue(eventName, out var own) ? own : ModeOfApp ?? CompatibilityModes.Default;

    /// <param name="eventName">Null: of all events of the app that have no mode of their own.</param>
    /// <param name="mode">Null: none of its own any more.</param>
    /// <exception cref="DomainException">Too many events have one of their own.</exception>
    public IReadOnlyCollection<IFact> ChangeMode(string? eventName, CompatibilityMode? mode, DateTimeOffset at)
    {
        var current = eventName is null ? ModeOfApp : ModeOfEvents.TryGetValue(eventName, out var own) ? own : null;
        if (!Exists || current == mode) return [];
        if (eventName is not null && current is null && ModeOfEvents.Count >= MaxModes)
            throw new DomainException("too_many_modes", $"At most {MaxModes:N0} events of an app have a mode of their own: set the app's instead.");
        return [new CompatibilityModeChanged(at, eventName, mode)];
    }

    private App EvolveModes(CompatibilityModeChanged changed) => changed switch
    {
        { EventName: null } => this with { ModeOfApp = changed.Mode },
        { Mode: { } mode } => this with { ModeOfEvents = ModeOfEvents.SetItem(changed.EventName, mode) },
        _ => this with { ModeOfEvents = ModeOfEvents.Remove(changed.EventName) },
    };
}
