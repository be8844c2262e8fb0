using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Tests.Apps;

/// <summary>Words for the life of an app.</summary>
internal static class Apps
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static readonly OrganizationId Farm = new(Guid.Parse("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));

    public static readonly Guid Old = Guid.Parse("11111111111111111111111111111111");

    public static readonly Guid New = Guid.Parse("22222222222222222222222222222222");

    public static readonly AppRegistered Registered = new(Noon, Farm, "Shop", "production");

    public static App Given(params IFact[] facts) => facts.Aggregate(App.Initial, App.Evolve);

    public static ApiKeyIssued Issued(Guid key) => new(Noon, key, "ee_live_", "abcd");
}
