using System.Collections.Immutable;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Apps;

/// <summary>An app that reports to us, as far as decisions need to know it.</summary>
public sealed partial record App
{
    /// <summary>Unless the app says otherwise.</summary>
    public const int UsualInFlightMinutes = 5;

    public const int MaxInFlightMinutes = 24 * 60;

    public static App Initial { get; } = new();

    public OrganizationId? Organization { get; private init; }

    public string Name { get; private init; } = "";

    public string Environment { get; private init; } = "";

    public string? CallbackUrl { get; private init; }

    /// <summary>After which an event that was neither published nor dead-lettered is overdue.</summary>
    public int InFlightMinutes { get; private init; } = UsualInFlightMinutes;

    public bool IsDeleted { get; private init; }

    /// <summary>What it reported is gone, too.</summary>
    public bool IsErased { get; private init; }

    public bool Exists => Organization is not null && !IsDeleted;

    public static App Evolve(App state, IFact fact) => fact switch
    {
        AppRegistered registered => state with { Organization = registered.OrganizationId, Name = registered.Name, Environment = registered.Environment },
        AppRenamed renamed => state with { Name = renamed.Name, Environment = renamed.Environment },
        CallbackConfigured configured => state with { CallbackUrl = configured.Url },
        InFlightLimitSet set => state with { InFlightMinutes = set.Minutes },
        AppDeleted => state with { IsDeleted = true, ActiveKeys = [] },
        AppErased => state with { IsErased = true },
        CompatibilityModeChanged changed => state.EvolveModes(changed),
        _ => state.EvolveKeys(fact),
    };

    /// <summary>Repeated, it says nothing new.</summary>
    public IReadOnlyCollection<IFact> Register(OrganizationId organization, string name, string environment, DateTimeOffset at) =>
        Organization is not null ? [] : [new AppRegistered(at, organization, name, environment)];

    public IReadOnlyCollection<IFact> Rename(string name, string environment, DateTimeOffset at) =>
        !Exists || (Name == name && Environment == environment) ? [] : [new AppRenamed(at, name, environment)];

    /// <param name="url">Null: payloads are fetched nowhere any more.</param>
    public IReadOnlyCollection<IFact> ConfigureCallback(CallbackUrl? url, DateTimeOffset at) =>
        !Exists || CallbackUrl == url?.Value ? [] : [new CallbackConfigured(at, url?.Value)];

    /// <exception cref="DomainException">It is no limit between a minute and a day.</exception>
    public IReadOnlyCollection<IFact> SetInFlightLimit(int minutes, DateTimeOffset at)
    {
        if (minutes is < 1 or > MaxInFlightMinutes)
            throw new DomainException("invalid_in_flight_limit", $"The limit lies between 1 and {MaxInFlightMinutes:N0} minutes.");
        return !Exists || InFlightMinutes == minutes ? [] : [new InFlightLimitSet(at, minutes)];
    }

    /// <summary>Its keys end with it. Repeated, it says nothing new.</summary>
    public IReadOnlyCollection<IFact> Delete(DateTimeOffset at) => Exists ? [new AppDeleted(at)] : [];

    /// <summary>What it reported is about to go for good; what it used of the plan stays known.</summary>
    /// <exception cref="DomainException">The app was not deleted.</exception>
    public IReadOnlyCollection<IFact> Erase(IEnumerable<MonthOfUse> usage, DateTimeOffset at)
    {
        if (!IsDeleted) throw new DomainException("app_exists", "Only what a deleted app has reported can be erased.");
        return IsErased ? [] : [new AppErased(at, [.. usage])];
    }
}
