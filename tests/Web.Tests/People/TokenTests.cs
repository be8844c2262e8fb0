using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventEngine.Application.People;
using EventEngine.Infrastructure.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.People;

/// <summary>Tokens of /api/v1/auth/token, checked against npm's jose in both directions.</summary>
public sealed class TokenTests(PeopleHost host) : IClassFixture<PeopleHost>
{
    public static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    [Fact]
    public async Task Jose_finds_our_signature_and_claims_right()
    {
        var (_, person, email, organization) = await host.MemberAsync();
        var token = await TokenAsync(email);
        var claims = await JoseAsync("verify", new { token, jwks = await KeysAsync(), issuer = "eventengine", audience = TokenIssuer.Audience });
        claims["sub"]!.GetValue<string>().ShouldBe(person.ToString("N"));
        claims["org"]!.GetValue<string>().ShouldBe(organization.ToString());
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(900);
        claims.AsObject().Select(claim => claim.Key).ShouldBe(["iss", "aud", "sub", "org", "jti", "iat", "exp"], ignoreOrder: true);
    }

    [Fact]
    public async Task It_opens_the_query_API_for_the_organization_that_was_asked_for()
    {
        var (_, person, email, first) = await host.MemberAsync();
        var second = await host.OrganizationAsync(person, "Second " + email);
        (await StatusAsync(await TokenAsync(email))).ShouldBe(HttpStatusCode.OK);
        foreach (var organization in new[] { first, second })
            (await AskAsync(email, PeopleHost.Password, organization.ToString())).Body["organization"]!.GetValue<string>().ShouldBe(organization.ToString());
    }

    [Fact]
    public async Task An_organization_of_others_and_one_that_does_not_exist_are_answered_alike()
    {
        var (_, _, email, _) = await host.MemberAsync();
        var (_, _, _, foreign) = await host.MemberAsync();
        var theirs = await AskAsync(email, PeopleHost.Password, foreign.ToString());
        var nowhere = await AskAsync(email, PeopleHost.Password, Guid.NewGuid().ToString("N"));
        theirs.Status.ShouldBe(HttpStatusCode.NotFound);
        theirs.Body.ToJsonString().ShouldBe(nowhere.Body.ToJsonString());
    }

    [Fact]
    public async Task Wrong_credentials_are_refused_alike_and_guessing_has_to_wait()
    {
        var (_, _, email, _) = await host.MemberAsync();
        var wrong = await AskAsync(email, "wrong");
        var unknown = await AskAsync("nobody@example.test", "wrong");
        wrong.Status.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.Body.ToJsonString().ShouldBe(unknown.Body.ToJsonString());
        for (var i = 0; i < 4; i++) await AskAsync(email, "wrong");
        (await AskAsync(email, PeopleHost.Password)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_it_at_once()
    {
        var (_, person, email, _) = await host.MemberAsync();
        var token = await TokenAsync(email);
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        await host.SendAsync(new EndSessions(person));
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_others_made_opens_nothing()
    {
        var (_, _, email, _) = await host.MemberAsync();
        var token = await TokenAsync(email);
        var ours = await JoseAsync("verify", new { token, jwks = await KeysAsync(), issuer = "eventengine", audience = TokenIssuer.Audience });
        var forged = (await JoseAsync("forge", new { token, claims = ours, jwks = await KeysAsync() })).AsObject();
        forged.Count.ShouldBeGreaterThanOrEqualTo(9);
        foreach (var (name, made) in forged) (await StatusAsync(made!.GetValue<string>())).ShouldBe(HttpStatusCode.Unauthorized, name);
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ours_for_another_use_of_another_installation_or_out_of_date_opens_nothing_either()
    {
        var (_, _, email, _) = await host.MemberAsync();
        var keys = host.Services.GetRequiredService<ISigningKeys>();
        var key = await keys.CurrentAsync(default);
        var good = Jwt.Verify(await TokenAsync(email), await keys.KnownAsync(default))!;
        (await StatusAsync(Jwt.Sign(good, key))).ShouldBe(HttpStatusCode.OK, "the same claims signed again");
        foreach (var bad in new[]
        {
            good with { Aud = "another-api" }, good with { Iss = "https://elsewhere.example" }, good with { Exp = good.Iat - 1 }, good with { Iat = good.Iat + 600 },
            good with { Sub = Guid.NewGuid().ToString("N") }, good with { Org = Guid.NewGuid().ToString("N") }, good with { Jti = Guid.NewGuid().ToString("N") },
            good with { Jti = null }, good with { Exp = 0 },
        })
            (await StatusAsync(Jwt.Sign(bad, key))).ShouldBe(HttpStatusCode.Unauthorized, bad.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"email":"a@b.test"}""")]
    [InlineData("nonsense")]
    public async Task A_body_that_is_none_is_a_bad_request(string body)
    {
        using var browser = host.Browser();
        var answer = await browser.Client.PostAsync("/api/v1/auth/token", new StringContent(body, Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"error\":\"invalid_parameter\"");
    }

    private async Task<string> TokenAsync(string email)
    {
        var (status, body) = await AskAsync(email, PeopleHost.Password);
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        return body["access_token"]!.GetValue<string>();
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> AskAsync(string email, string password, string? organization = null)
    {
        using var browser = host.Browser();
        using var answer = await browser.Client.PostAsync("/api/v1/auth/token", Json(new { email, password, organization }));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var browser = host.Browser();
        browser.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await browser.GetAsync("/api/v1/apps")).StatusCode;
    }

    private async Task<JsonNode> KeysAsync() => JsonNode.Parse(await host.Browser().TextAsync("/.well-known/jwks.json"))!;

    private static async Task<JsonNode> JoseAsync(string command, object input)
    {
        var script = Path.Combine(RepositoryFolder.Path!, "tests", "Web.Tests", "People", "jose.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, command]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(input));
        node.StandardInput.Close();
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, await error);
        return JsonNode.Parse(await output)!;
    }
}
