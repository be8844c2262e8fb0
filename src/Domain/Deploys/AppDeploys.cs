using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Deploys;

/// <summary>The deploys of an app, as far as a decision needs to know them.</summary>
public sealed record AppDeploys(ImmutableHashSet<(string Version, DateTimeOffset At)> Known, DeployReported? Last)
{
    /// <summary>Ten years of ten a day: whoever sends more is not deploying.</summary>
    public const int Most = 36_500;

    /// <summary>A build that tells us twice without saying when.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    public static AppDeploys Initial { get; } = new([], null);

    public static AppDeploys Evolve(AppDeploys state, IFact fact) => fact is DeployReported deploy
        ? new AppDeploys(state.Known.Add((deploy.Version, deploy.DeployedAt)), deploy)
        : state;

    /// <summary>Repeated, it says nothing new.</summary>
    /// <param name="deployedAt">Null: now.</param>
    /// <exception cref="DomainException">The app has as many as it may have.</exception>
    public IReadOnlyCollection<IFact> Report(string version, DateTimeOffset? deployedAt, string? revision, string? url, DateTimeOffset at)
    {
        if (deployedAt is { } then ? Known.Contains((version, then.ToUniversalTime())) : IsLast(version, revision, at)) return [];
        if (Known.Count >= Most) throw new DomainException("too_many_deploys", $"An app has at most {Most:N0} deploys.");
        return [new DeployReported(at, version, (deployedAt ?? at).ToUniversalTime(), revision, url)];
    }

    private bool IsLast(string version, string? revision, DateTimeOffset at) => Last is { } last && last.Version == version && last.Revision == revision && at - last.At < Again;
}
