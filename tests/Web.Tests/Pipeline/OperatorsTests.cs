using System.Net;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Shared;
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
        (await host.Services.GetRequiredService<IRebuilds>().NewestAsync(CancellationToken.None)).ShouldNotContain(rebuild => rebuild.Projection == "apps" && rebuild.Kind == RebuildKind.Rebuild);
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
        await Eventually.Holds(async () => (await browser.TextAsync(Page)).ShouldContain("Swapped in"));
        (await host.Services.GetRequiredService<IRebuilds>().NewestAsync(CancellationToken.None))
            .Single(rebuild => rebuild.Projection == "organizations").RequestedBy.ShouldBe(OperatedHost.Operator);
    }

    [Fact]
    public async Task An_operator_verifies_all_projections_at_once()
    {
        var person = await host.PersonAsync("third-" + OperatedHost.Operator);
        await host.OrganizationAsync(person, "The house itself");
        using var browser = host.Browser();
        await browser.SignInAsync("third-" + OperatedHost.Operator, PeopleHost.Password);
        (await browser.TextAsync(Page)).ShouldContain("Verify all");

        await browser.PostAsync(Page, new Dictionary<string, string> { ["projection"] = "all" }, $"{Page}?handler=Verify");

        var asked = (await host.Services.GetRequiredService<IRebuilds>().NewestAsync(CancellationToken.None)).Where(rebuild => rebuild.RequestedBy == "third-" + OperatedHost.Operator);
        asked.Select(rebuild => (rebuild.Projection, rebuild.Kind)).ShouldBe(ProjectionNames.All.Select(name => (name, RebuildKind.Verify)), ignoreOrder: true);
        await Eventually.Becomes(async () => (await host.Services.GetRequiredService<IRebuilds>().NewestAsync(CancellationToken.None)).All(rebuild => rebuild.IsFinished)); // else the next test is told of these
    }

    [Fact]
    public async Task An_operator_parks_the_event_at_which_a_projection_has_stopped_and_everybody_it_concerns_is_told()
    {
        var (owner, _, _, organization) = await host.MemberAsync();
        var person = await host.PersonAsync("other-" + OperatedHost.Operator);
        await host.OrganizationAsync(person, "The house itself");
        using var browser = host.Browser();
        await browser.SignInAsync("other-" + OperatedHost.Operator, PeopleHost.Password);
        var broken = new NewEvent(Guid.NewGuid(), "MemberJoined.v99", "{}"u8.ToArray(), default);
        var at = (await host.Services.GetRequiredService<IEventStore>().AppendAsync(StreamName.Organization(organization), ExpectedRevision.Any, [broken])).Position;
        await Eventually.Holds(async () => (await browser.TextAsync(Page)).ShouldContain("Park the event"));

        await browser.PostAsync(Page, Form(at, "made by a test"), $"{Page}?handler=Park");

        await Eventually.Holds(async () => (await browser.TextAsync(Page)).ShouldContain("made by a test"));
        (await owner.TextAsync(Page)).ShouldContain("1 event is parked");
        (await owner.TextAsync(Page)).ShouldNotContain("made by a test");
        using var stranger = (await host.MemberAsync()).Browser;
        (await stranger.TextAsync(Page)).ShouldNotContain("is parked");
        await Eventually.Holds(async () => (await browser.TextAsync("/health")).ShouldContain("passed over: 1 by organizations"));
        (await browser.PostAsync(Page, Form(new(at.Commit + 1, at.Commit + 1), "no"), $"{Page}?handler=Park")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.TextAsync(Page)).ShouldContain("nothing was parked");
    }

    private static Dictionary<string, string> Form(StorePosition position, string reason) =>
        new() { ["projection"] = "organizations", ["position"] = position.ToString(), ["reason"] = reason };

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
        builder.UseSetting("EventEngine:Operators", $"other-{Operator}, third-{Operator}, {Operator}");
    }
}
