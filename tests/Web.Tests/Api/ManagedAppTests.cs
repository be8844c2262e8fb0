using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventEngine.Domain.Organizations;

namespace EventEngine.Web.Tests.Api;

public sealed class ManagedAppTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task An_app_is_registered_given_keys_changed_and_deleted()
    {
        using var client = await ManagerAsync();
        using var registered = await client.PostAsJsonAsync("/api/v1/apps", new { name = "Depot", environment = "staging" });
        registered.StatusCode.ShouldBe(HttpStatusCode.Created, await registered.Content.ReadAsStringAsync());
        var id = (await JsonAsync(registered))["id"]!.GetValue<string>();
        await host.CaughtUpAsync();

        using var issued = await client.PostAsync($"/api/v1/apps/{id}/keys", null);
        issued.StatusCode.ShouldBe(HttpStatusCode.Created);
        issued.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var key = await JsonAsync(issued);
        await host.CaughtUpAsync();
        var listed = (await host.GetAsync($"/api/v1/apps/{id}/keys"))["keys"]!.AsArray().ShouldHaveSingleItem()!;
        listed["last_four"]!.GetValue<string>().ShouldBe(key["key"]!.GetValue<string>()[^4..]);
        listed.ToJsonString().ShouldNotContain(key["key"]!.GetValue<string>());

        using (var changed = await client.PatchAsJsonAsync($"/api/v1/apps/{id}", new { name = "Depot 2", callback_url = "https://depot.example/ee" }))
            changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using (var badUrl = await client.PatchAsJsonAsync($"/api/v1/apps/{id}", new { callback_url = "http://10.0.0.1/" }))
            (await JsonAsync(badUrl))["error"]!.GetValue<string>().ShouldBe("invalid_callback");
        using (var revoked = await client.DeleteAsync($"/api/v1/apps/{id}/keys/{key["id"]}")) revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using (var unknown = await client.DeleteAsync($"/api/v1/apps/{id}/keys/{Guid.NewGuid()}")) unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var deleted = await client.DeleteAsync($"/api/v1/apps/{id}")) deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await host.CaughtUpAsync();
        await host.GetAsync($"/api/v1/apps/{id}/keys", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_organizations_app_is_not_found_whatever_is_asked()
    {
        using var client = await ManagerAsync();
        foreach (var (method, path) in new[] { ("PATCH", ""), ("DELETE", ""), ("GET", "/keys"), ("POST", "/keys"), ("DELETE", $"/keys/{Guid.NewGuid()}") })
        {
            using var theirs = await client.SendAsync(Request(method, $"/api/v1/apps/{host.Theirs.App}{path}"));
            using var nobodys = await client.SendAsync(Request(method, $"/api/v1/apps/{Guid.NewGuid():N}{path}"));
            theirs.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}");
            (await theirs.Content.ReadAsStringAsync()).ShouldBe(await nobodys.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task The_use_of_the_plan_says_what_it_counts_and_how_fresh_it_is()
    {
        var usage = await host.GetAsync("/api/v1/usage");

        usage["as_of"].ShouldNotBeNull();
        usage["plan"]!.GetValue<string>().ShouldBe("enterprise");
        usage["limit"].ShouldBeNull();
        usage["used"]!.GetValue<long>().ShouldBe(0);
    }

    [Fact]
    public async Task A_token_that_only_reads_changes_nothing()
    {
        using var client = host.Client(host.Ours.Token);
        foreach (var (method, path) in new[] { ("POST", "/api/v1/apps"), ("DELETE", $"/api/v1/apps/{host.Ours.App}"), ("POST", $"/api/v1/apps/{host.Ours.App}/keys") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(new { name = "Mine", environment = "x" }) };
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
        }
    }

    private async Task<HttpClient> ManagerAsync()
    {
        var secret = $"manager-{Guid.NewGuid():N}";
        await host.IssueTokenAsync(host.Ours, secret, secret, expiresAt: null, Permission.Read, Permission.ManageApps);
        await host.CaughtUpAsync();
        return host.Client(secret);
    }

    private static HttpRequestMessage Request(string method, string path) =>
        new(new HttpMethod(method), path) { Content = method == "PATCH" ? JsonContent.Create(new { name = "Mine" }) : null };

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
