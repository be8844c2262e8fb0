using EventEngine.Domain.Deploys;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Tests.Deploys;

public sealed class ReportingDeploysTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_deploy_happened_now_unless_it_says_when()
    {
        Given().Report("1.4.2", null, "abc", null, Noon).ShouldBe([new DeployReported(Noon, "1.4.2", Noon, "abc")]);
        Given().Report("1.4.2", Noon.AddHours(-1).ToOffset(TimeSpan.FromHours(2)), null, "https://ci.example/1", Noon)
            .ShouldBe([new DeployReported(Noon, "1.4.2", Noon.AddHours(-1), null, "https://ci.example/1")]);
    }

    [Fact]
    public void Told_again_it_says_nothing_new()
    {
        var told = new DeployReported(Noon, "1.4.2", Noon);

        Given(told).Report("1.4.2", Noon, "abc", null, Noon.AddDays(1)).ShouldBeEmpty();
        Given(told).Report("1.4.2", null, null, null, Noon.AddMinutes(4)).ShouldBeEmpty();
        Given(told).Report("1.4.2", null, null, null, Noon.AddMinutes(6)).Count.ShouldBe(1);
        Given(told).Report("1.4.3", null, null, null, Noon.AddMinutes(1)).Count.ShouldBe(1);
    }

    private static AppDeploys Given(params IFact[] facts) => facts.Aggregate(AppDeploys.Initial, AppDeploys.Evolve);
}
