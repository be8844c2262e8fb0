using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Api;

/// <summary>Walks every route of the query API: what is another's is not there, and nobody comes in without a good token.</summary>
public sealed class TenancyTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Another_organizations_app_is_not_found_on_any_route()
    {
        await host.ReportAsync(host.Theirs, new { event_id = "7", event_name = "secret.plan", status = "emitted", timestamp = DateTimeOffset.UtcNow });
        var routes = Routes().Where(route => route.Contains("{id}", StringComparison.Ordinal)).ToList();
        routes.Count.ShouldBeGreaterThanOrEqualTo(8);
        foreach (var route in routes)
        {
            var path = Fill(route, host.Theirs.App.ToString());
            using (var theirs = host.Client(host.Theirs.Token))
            using (var own = await theirs.GetAsync(path))
                own.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await host.GetAsync(path, HttpStatusCode.NotFound))["error"]!.GetValue<string>().ShouldBe("not_found");
            await host.GetAsync(Fill(route, Guid.NewGuid().ToString("N")), HttpStatusCode.NotFound);
            await host.GetAsync(Fill(route, "nonsense"), HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Nothing_of_another_organization_shows_in_what_spans_apps()
    {
        await host.ReportAsync(host.Theirs, new { event_id = "8", event_name = "secret.plan", status = "emitted", timestamp = DateTimeOffset.UtcNow });
        await host.HeartbeatAsync(host.Theirs, new { app_name = "x", schema_fingerprints = new Dictionary<string, string> { ["secret.plan"] = "f00" } });
        foreach (var path in new[] { "/api/v1/apps", "/api/v1/schemas", "/api/v1/search?q=secret", "/api/v1/search?q=8" })
        {
            var ours = (await host.GetAsync(path)).ToJsonString();
            ours.ShouldNotContain("secret.plan", customMessage: path);
            ours.ShouldNotContain(host.Theirs.App.ToString(), customMessage: path);
        }

        await host.GetAsync("/api/v1/schemas/secret.plan", HttpStatusCode.NotFound);
        (await host.GetAsync("/api/v1/schemas/secret.plan", token: host.Theirs.Token))["event_name"]!.GetValue<string>().ShouldBe("secret.plan");
    }

    private static readonly string[] OpenToKeys = ["POST /api/v1/apps/{id}/deploys", "POST /api/v1/schemas"];

    [Fact]
    public async Task Without_a_good_token_every_route_answers_401()
    {
        await host.IssueTokenAsync(host.Ours, "old", "expired-token", DateTimeOffset.UtcNow.AddSeconds(-1));
        await host.IssueTokenAsync(host.Ours, "gone", "revoked-token");
        await RevokeAsync("gone");
        foreach (var (method, route) in MethodsAndRoutes())
        {
            foreach (var token in new[] { null, "unknown", "expired-token", "revoked-token", host.Ours.Key.Secret })
            {
                if (token == host.Ours.Key.Secret && OpenToKeys.Contains($"{method} {route}")) continue;
                using var client = host.Client(token);
                using var request = new HttpRequestMessage(new HttpMethod(method), Fill(route, host.Ours.App.ToString()));
                using var response = await client.SendAsync(request);
                response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {route} with {token}");
                response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
                (await response.Content.ReadAsStringAsync()).ShouldContain("\"error\":\"unauthorized\"");
            }
        }
    }

    [Fact]
    public async Task A_revoked_token_that_was_in_use_is_turned_away_within_seconds()
    {
        await host.IssueTokenAsync(host.Ours, "in use", "token-in-use");
        await host.GetAsync("/api/v1/apps", token: "token-in-use");
        await RevokeAsync("in use");
        using var client = host.Client("token-in-use");
        await Testing.Eventually.Becomes(async () => (await client.GetAsync("/api/v1/apps")).StatusCode == HttpStatusCode.Unauthorized);
    }

    private async Task RevokeAsync(string name)
    {
        await using var revoke = host.Database.DataSource.CreateCommand("update app.access_tokens set revoked_at = now() where name = $1");
        revoke.Parameters.AddWithValue(name);
        (await revoke.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    /// <summary>Those that are asked; those that change something, need more than reading, or speak of one group or retry, are walked with the doors.</summary>
    private IEnumerable<string> Routes() => from each in MethodsAndRoutes()
                                            where each.Method == "GET" && !each.Route.Contains("{group}") && !each.Route.Contains("{retry_id}")
                                            where !each.Route.EndsWith("/payload", StringComparison.Ordinal)
                                            select each.Route;

    private IEnumerable<(string Method, string Route)> MethodsAndRoutes() =>
        from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)
        where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, endpoint.RoutePattern.RawText!);

    private static string Fill(string route, string app) =>
        route.Replace("{id}", app).Replace("{**event_id}", "7").Replace("{event_name}", "secret.plan") + (route.EndsWith("search", StringComparison.Ordinal) ? "?q=x" : "");
}
