using System.Net;
using EventEngine.Application.Pipeline;
using EventEngine.Testing;
using EventEngine.Web.Tests.People;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Pipeline;

/// <summary>The pipeline serves every tenant: owners of one look at it, the operators of the installation act on it.</summary>
public sealed class OperatorsTests(OperatedHost host) : IClassFixture<OperatedHost>
{
    private const string Page = "/dashboard/pipeline";

    [Fact]
    public async Task An_owner_sees_where_the_projections_stand_and_can_do_nothing()
    {
        var (browser, _, _, _) = await host.MemberAsync();

        var text = await browser.TextAsync(Page);
        text.ShouldContain("organizations");
        text.ShouldNotContain("handler=Rebuild");
        var answer = await browser.PostAsync("/dashboard/settings/account", new Dictionary<string, string> { ["projection"] = "apps" }, $"{Page}?handler=Rebuild");

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await host.Services.GetRequiredService<IRebuilds>().NewestAsync(CancellationToken.None)).ShouldNotContain(rebuild => rebuild.Projection == "apps");
    }

    [Fact]
    public async Task An_operator_rebuilds_and_the_page_tells_of_it()
    {
        var person = await host.PersonAsync(OperatedHost.Operator);
        await host.OrganizationAsync(person, "The house itself");
        using var browser = host.Browser();
        await browser.SignInAsync(OperatedHost.Operator, PeopleHost.Password);

        var answer = await browser.PostAsync(Page, new Dictionary<string, string> { ["projection"] = "organizations" }, $"{Page}?handler=Rebuild");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await Eventually.Holds(async () => (await browser.TextAsync(Page)).ShouldContain("Rebuild: swapped in"));
        (await host.Services.GetRequiredService<IRebuilds>().NewestAsync(CancellationToken.None))
            .Single(rebuild => rebuild.Projection == "organizations").RequestedBy.ShouldBe(OperatedHost.Operator);
    }

    [Fact]
    public async Task Who_only_says_to_have_an_operators_address_is_none()
    {
        var operators = host.Services.GetRequiredService<Operators>();

        operators.Include(OperatedHost.Operator, isVerified: false).ShouldBeFalse();
        operators.Include("OPS@operators.test", isVerified: true).ShouldBeTrue();
        await Should.ThrowAsync<OperatorNeededException>(() => operators.PermitAsync(Guid.NewGuid(), CancellationToken.None));
    }
}

public sealed class OperatedHost : PeopleHost
{
    public const string Operator = "ops@operators.test";

    protected override void Configure(IWebHostBuilder builder)
    {
        base.Configure(builder);
        builder.UseSetting("EventEngine:Operators", $"someone@else.test, {Operator}");
    }
}
