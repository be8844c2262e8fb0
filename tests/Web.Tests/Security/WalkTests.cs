using System.Net;
using System.Net.Http.Json;
using EventEngine.Application.AccessTokens;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Tests.People;

namespace EventEngine.Web.Tests.Security;

/// <summary>Walks every way in: with nobody's session, with another tenant's ids, with a lower role, without the form's own token.</summary>
public sealed class WalkTests(Walk walk) : IClassFixture<Walk>
{
    public static TheoryData<string> Guarded => Doors.Those(way => way.Door != Door.Open);

    public static TheoryData<string> OfSomebody => Doors.Those(way => way.IsOfSomebody);

    public static TheoryData<string> Privileged => Doors.Those(way => way.Needs is { } needs && needs.RoleNeeded() > Role.Member);

    public static TheoryData<string> OfOperators => Doors.Those(way => way.Door == Door.Operator);

    public static TheoryData<string> Forms => Doors.Those(way => way.Method == "POST" && !way.IsForPrograms && (way.IsPage || way.Door == Door.Open));

    public static TheoryData<string> OfKeys => Doors.Those(way => way.Door == Door.TokenOrKey);

    public static TheoryData<string> Readable => Doors.Those(way => way.Method == "GET" && (way.Door is Door.Member or Door.Token));

    [Fact]
    public async Task Every_way_in_is_classified()
    {
        var found = await Surface.OfAsync(walk.Host.Services);
        found.Except(Doors.All.Select(way => way.Name)).ShouldBeEmpty("say in Doors.cs for whom these are, and walk them");
        Doors.All.Select(way => way.Name).Except(found).ShouldBeEmpty("these are gone: take them out of Doors.cs");
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Nobody_comes_in_without_a_session_a_token_or_a_key(string name)
    {
        var way = Doors.Named(name);
        using var stranger = walk.Host.Browser();
        var answer = await SendAsync(stranger, way, Own(way));
        if (!way.IsPage)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            return;
        }

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Browser.Location(answer).ShouldStartWith("/sign-in");
    }

    [Theory]
    [MemberData(nameof(OfSomebody))]
    public async Task What_is_another_organizations_is_answered_as_what_does_not_exist(string name)
    {
        var way = Doors.Named(name);
        var theirs = await SaidAsync(way, walk.TheirApp.ToString(), walk.Theirs.ToString());
        var nobodys = await SaidAsync(way, Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"));
        theirs.ShouldStartWith("404 ");
        theirs.ShouldNotContain(Walk.Secret);
        theirs.ShouldNotContain("vault");
        theirs.ShouldBe(nobodys);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task Its_own_people_are_let_in_and_see_nothing_of_the_others(string name)
    {
        var way = Doors.Named(name);
        using var answer = await walk.As(Role.Owner).GetAsync(Own(way));
        if (way.Route.Contains("{event_name}", StringComparison.Ordinal) || way.Route.EndsWith("{group}", StringComparison.Ordinal))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, "this is used by the others only, or by nobody");
            return;
        }

        if (way.Route.Contains("{retry", StringComparison.Ordinal))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, "there is no such retry");
            return;
        }

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await answer.Content.ReadAsStringAsync();
        body.ShouldNotContain("secret.plan");
        body.ShouldNotContain("vault");
        body.ShouldNotContain(walk.TheirApp.ToString());
        body.ShouldNotContain(walk.Theirs.ToString());
    }

    [Theory]
    [MemberData(nameof(Privileged))]
    public async Task A_lower_role_is_refused(string name)
    {
        var way = Doors.Named(name);
        var lower = way.Needs!.Value.RoleNeeded() - 1;
        using var answer = await SendAsAsync(lower, way, Own(way));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"as {lower}");
    }

    [Theory]
    [MemberData(nameof(OfOperators))]
    public async Task What_is_the_operators_is_no_owners(string name)
    {
        var way = Doors.Named(name);
        using var answer = await SendAsAsync(Role.Owner, way, Own(way));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_without_its_token_is_refused(string name)
    {
        var way = Doors.Named(name);
        if (way.Route.StartsWith("/error/", StringComparison.Ordinal)) return; // only shows an error again
        using var answer = await SendAsync(walk.As(Role.Owner), way, Own(way));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_token_that_ended_opens_nothing()
    {
        var ended = new IssueAccessToken(
            Actor.Operator(walk.Ours), Guid.NewGuid(), "ended", new AccessSecret("ended-token"), [Permission.Read], DateTimeOffset.UtcNow.AddSeconds(-1));
        await walk.Host.SendAsync(ended);
        foreach (var way in Doors.All.Where(way => way.Door is Door.Token or Door.TokenOnly or Door.TokenOrKey))
        {
            foreach (var token in new[] { "ended-token", "unknown", walk.OurKey.Secret })
            {
                if (way.Door == Door.TokenOrKey && token == walk.OurKey.Secret) continue;
                using var program = walk.Host.Browser();
                program.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
                (await SendAsync(program, way, Own(way))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, way.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(OfKeys))]
    public async Task An_apps_own_key_opens_what_is_its_own_and_no_other_app(string name)
    {
        var way = Doors.Named(name);
        var (key, sibling) = (walk.OurKey.Secret, new AppId(Guid.NewGuid()));
        await walk.Host.SendAsync(new RegisterApp(Actor.Operator(walk.Ours), sibling, $"sibling {sibling}", "production"));

        foreach (var header in new[] { ("Authorization", $"Bearer {key}"), ("X-API-Key", key) })
        {
            (await StatusAsync(walk.OurApp, header)).ShouldBeOneOf(HttpStatusCode.NoContent, HttpStatusCode.BadRequest);
            foreach (var other in new[] { sibling, walk.TheirApp, new AppId(Guid.NewGuid()) })
                (await StatusAsync(other, header)).ShouldBe(HttpStatusCode.NotFound);
            (await StatusAsync(walk.OurApp, (header.Item1, header.Item2 + "x"))).ShouldBe(HttpStatusCode.Unauthorized);
        }

        async Task<HttpStatusCode> StatusAsync(AppId app, (string Name, string Value) header)
        {
            using var program = walk.Host.Browser();
            program.Client.DefaultRequestHeaders.Add(header.Name, header.Value);
            return (await SendAsync(program, way, way.Path(app.ToString(), walk.Ours.ToString()))).StatusCode;
        }
    }

    [Fact]
    public async Task What_is_for_programs_is_not_opened_by_a_cookie()
    {
        foreach (var way in Doors.All.Where(way => way.Door == Door.TokenOnly))
            (await walk.As(Role.Owner).GetAsync(Own(way))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, way.Name);
    }

    private string Own(Way way) => way.Path(walk.OurApp.ToString(), walk.Ours.ToString());

    private async Task<string> SaidAsync(Way way, string app, string organization)
    {
        using var answer = await SendAsAsync(Role.Owner, way, way.Path(app, organization));
        return await Walk.SaidAsync(answer);
    }

    private async Task<HttpResponseMessage> SendAsAsync(Role role, Way way, string path)
    {
        if (way.IsPage || (way.Method == "GET" && way.Door != Door.TokenOnly))
            return way.Method == "POST" ? await walk.As(role).PostAsync("/dashboard", way.Fields, path) : await walk.As(role).GetAsync(path);

        using var program = walk.Host.Browser();
        program.Client.DefaultRequestHeaders.Authorization = new("Bearer", await walk.TokenAsync(role));
        return await SendAsync(program, way, path);
    }

    private static async Task<HttpResponseMessage> SendAsync(Browser browser, Way way, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(way.Method == "ANY" ? "GET" : way.Method), path);
        if (way.Method is "POST" or "PATCH" or "PUT") request.Content = way.IsForPrograms ? JsonContent.Create(way.Fields) : new FormUrlEncodedContent(way.Fields);
        return await browser.Client.SendAsync(request);
    }
}
