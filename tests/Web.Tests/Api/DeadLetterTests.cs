using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Api;

/// <summary>Groups of dead letters, what is decided of them, and deploys: through the query API.</summary>
public sealed class DeadLetterTests(ApiHost host) : IClassFixture<ApiHost>
{
    private readonly string _app = $"/api/v1/apps/{host.Ours.App}";
    private static int _id = 1000;

    [Fact]
    public async Task Errors_that_differ_in_their_variables_are_one_group_that_lists_its_events()
    {
        await DieAsync("group.one", "Timeout", "order 1 took 30 s");
        await DieAsync("group.one", "Timeout", "order 2 took 31 s");
        await DieAsync("group.other", "Timeout", "order 3 took 5 s");
        await DieAsync("group.one", "Refused", "order 1 took 30 s");

        var groups = (await host.GetAsync($"{_app}/dead-letters/groups?error_class=Timeout"))["groups"]!.AsArray();
        var group = groups.ShouldHaveSingleItem()!;
        group["message_pattern"]!.GetValue<string>().ShouldBe("order * took * s");
        group["count"]!.GetValue<long>().ShouldBe(3);
        group["event_names"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldBe(["group.one", "group.other"]);
        group["trend"]!.AsArray()[^1]!.GetValue<long>().ShouldBe(3);
        (await CountAsync($"dead-letters?group={group["fingerprint"]}")).ShouldBe(3);
        (await CountAsync($"dead-letters?group={group["fingerprint"]}&event_name=group.other")).ShouldBe(1);
        (await host.GetAsync($"{_app}/dead-letters/groups?event_name=group.other"))["groups"]![0]!["count"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task Sums_and_rows_count_the_same()
    {
        var id = await DieAsync("sum.one", "Sum", "a 1");
        await DieAsync("sum.one", "Sum", "a 2");
        await host.ReportAsync(host.Ours, Entry(id, "sum.one", "published", DateTimeOffset.UtcNow.AddSeconds(5)));

        foreach (var filter in new[] { "event_name=sum.one", "event_name=sum.one&from=2026-01-01T00:00:00Z" })
        {
            var group = (await host.GetAsync($"{_app}/dead-letters/groups?{filter}"))["groups"]!.AsArray().ShouldHaveSingleItem()!;
            (group["count"]!.GetValue<long>(), group["count_ever"]!.GetValue<long>()).ShouldBe((1, 2), filter);
        }
    }

    [Fact]
    public async Task First_seen_stays_when_the_event_that_was_first_dies_again()
    {
        var first = DateTimeOffset.UtcNow.AddHours(-1);
        var id = await DieAsync("first.seen", "First", "order 1", first);
        await host.ReportAsync(host.Ours, Entry(id, "first.seen", "dead_lettered", first.AddMinutes(50), "First", "order 2", attempts: 4));

        foreach (var filter in new[] { "event_name=first.seen", "event_name=first.seen&from=2026-01-01T00:00:00Z" })
        {
            var group = (await host.GetAsync($"{_app}/dead-letters/groups?{filter}"))["groups"]!.AsArray().ShouldHaveSingleItem()!;
            group["first_at"]!.GetValue<DateTimeOffset>().ShouldBe(first, TimeSpan.FromMilliseconds(1), filter);
            group["last_at"]!.GetValue<DateTimeOffset>().ShouldBe(first.AddMinutes(50), TimeSpan.FromMilliseconds(1), filter);
        }
    }

    [Fact]
    public async Task A_resolved_group_regresses_when_another_event_dies_of_it()
    {
        await DieAsync("state.told", "Stated", "x");
        (await StateAsync("Stated")).ShouldBe("new");
        await PostAsync($"{await GroupAsync("Stated")}/resolve", new { });
        await Eventually.Becomes(async () => await StateAsync("Stated") == "resolved");
        await DieAsync("state.told", "Stated", "x", DateTimeOffset.UtcNow.AddSeconds(1));
        (await StateAsync("Stated")).ShouldBe("regressed");
        await PostAsync($"{await GroupAsync("Stated")}/reopen", new { });
        await Eventually.Becomes(async () => await StateAsync("Stated") == "ongoing");
    }

    [Fact]
    public async Task An_ignored_group_is_out_of_sight_until_as_many_more_have_died()
    {
        await DieAsync("ignore.told", "Ignored", "x");
        await PostAsync($"{await GroupAsync("Ignored")}/ignore", new { more = 2 });
        await Eventually.Becomes(async () => await StateAsync("Ignored") == "ignored");
        (await host.GetAsync($"{_app}/dead-letters/groups?error_class=Ignored"))["groups"]!.AsArray().ShouldBeEmpty();
        await DieAsync("ignore.told", "Ignored", "x", DateTimeOffset.UtcNow.AddSeconds(1));
        (await StateAsync("Ignored")).ShouldBe("ignored");
        await DieAsync("ignore.told", "Ignored", "x", DateTimeOffset.UtcNow.AddSeconds(1));
        (await StateAsync("Ignored")).ShouldBe("ongoing");
    }

    [Theory]
    [InlineData("resolve", "{}", HttpStatusCode.NotFound)]
    [InlineData("ignore", "{}", HttpStatusCode.NotFound)]
    public async Task What_nothing_died_of_is_no_group(string action, string body, HttpStatusCode status)
    {
        using var client = await WriterAsync();
        using var answer = await client.PostAsync($"{_app}/dead-letters/groups/0123456789abcdef/{action}", new StringContent(body, null, "application/json"));
        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_group_is_ignored_only_until_a_time_to_come()
    {
        await DieAsync("ignore.past", "Past", "x");
        using var client = await WriterAsync();
        using var answer = await client.PostAsJsonAsync($"{await GroupAsync("Past")}/ignore", new { until = "2020-01-01T00:00:00Z" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!.GetValue<string>().ShouldBe("bad_until");
    }

    [Theory]
    [InlineData("dead_lettered_at")]
    [InlineData("-dead_lettered_at")]
    [InlineData("-attempts")]
    [InlineData("event_name")]
    [InlineData("-error_class")]
    public async Task Pages_go_on_and_back_over_the_same_rows(string sort)
    {
        var name = $"paged.{sort}";
        for (var i = 0; i < 7; i++) await DieAsync(name, i % 2 == 0 ? "A" : "B", "x", DateTimeOffset.UtcNow.AddSeconds(-i / 2), attempts: i % 3);
        var list = $"dead-letters?event_name={name}&sort={sort}&limit=3";
        var (pages, cursor) = (new List<string[]>(), "");
        JsonNode page;
        do
        {
            page = await host.GetAsync($"{_app}/{list}{cursor}");
            pages.Add(IdsOf(page));
            cursor = $"&cursor={page["next_cursor"]}";
        }
        while (page["next_cursor"] is not null);

        pages.Select(ids => ids.Length).ShouldBe([3, 3, 1]);
        pages.SelectMany(ids => ids).Distinct().Count().ShouldBe(7);
        for (var back = 1; back >= 0; back--)
        {
            page = await host.GetAsync($"{_app}/{list}&cursor={page["previous_cursor"]}");
            IdsOf(page).ShouldBe(pages[back]);
        }

        page["previous_cursor"].ShouldBeNull();
    }

    [Theory]
    [InlineData("-dead_lettered_at")]
    [InlineData("attempts")]
    public async Task A_text_is_found_whether_nearly_all_have_it_or_a_few_far_behind(string sort)
    {
        const int Many = 1_100;
        var (name, now) = ($"texts.{sort}", DateTimeOffset.UtcNow);
        await DieAsync(name, "Rare", "needle 1", now.AddHours(-2), attempts: 9);
        await DieAsync(name, "Rare", "needle 2", now.AddHours(-1), attempts: 8);
        var many = Enumerable.Range(0, Many).Select(i => Entry(Interlocked.Increment(ref _id), name, "dead_lettered", now.AddSeconds(-i), "Often", $"hay {i}"));
        foreach (var batch in many.Chunk(500)) await host.ReportAsync(host.Ours, batch);
        var list = $"{_app}/dead-letters?event_name={name}&sort={sort}&limit=500&q=";

        (await host.GetAsync($"{list}needle"))["dead_letters"]!.AsArray().Count.ShouldBe(2);
        var seen = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await host.GetAsync($"{list}hay{cursor}");
            seen.AddRange(IdsOf(page));
            cursor = page["next_cursor"] is { } next ? $"&cursor={next}" : null;
        }

        seen.Count.ShouldBe(Many);
        seen.Distinct().Count().ShouldBe(Many);
    }

    [Fact]
    public async Task Groups_are_paged_on_and_back_as_well()
    {
        foreach (var error in new[] { "P1", "P2", "P3", "P4", "P5" }) await DieAsync("grouped.pages", error, "x");
        var list = $"{_app}/dead-letters/groups?event_name=grouped.pages&sort=-count&limit=2";
        var first = await host.GetAsync(list);
        var second = await host.GetAsync($"{list}&cursor={first["next_cursor"]}");
        var third = await host.GetAsync($"{list}&cursor={second["next_cursor"]}");

        new[] { first, second, third }.SelectMany(page => page["groups"]!.AsArray()).Select(group => group!["error_class"]!.GetValue<string>()).Order().ShouldBe(["P1", "P2", "P3", "P4", "P5"]);
        third["next_cursor"].ShouldBeNull();
        first["previous_cursor"].ShouldBeNull();
        first["count"]!.GetValue<int>().ShouldBe(5);
        (await host.GetAsync($"{list}&cursor={second["previous_cursor"]}"))["groups"]!.ToJsonString().ShouldBe(first["groups"]!.ToJsonString());
    }

    [Fact]
    public async Task A_deploy_is_told_once_and_listed()
    {
        var deploy = new { version = "1.4.2", at = "2026-03-01T10:00:00Z", revision = "9fceb02", url = "https://ci.example/42" };
        await PostAsync($"{_app}/deploys", deploy);
        await PostAsync($"{_app}/deploys", deploy);
        await Eventually.Becomes(async () => (await host.GetAsync($"{_app}/deploys"))["deploys"]!.AsArray().Count == 1);
        (await host.GetAsync($"{_app}/deploys?to=2026-03-01T10:00:00Z"))["deploys"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_build_tells_its_deploy_with_the_key_of_its_app_until_that_is_revoked()
    {
        var (by, app, keyId, key) = (Actor.Operator(host.Ours.Organization), new AppId(Guid.NewGuid()), Guid.NewGuid(), new ApiKey($"ee_live_{Guid.NewGuid():N}"));
        await host.SendAsync(new RegisterApp(by, app, "built", "production"));
        await host.SendAsync(new IssueApiKey(by, keyId, app, key));
        await host.CaughtUpAsync();
        using var build = host.Client(key.Secret);

        (await build.PostAsJsonAsync($"/api/v1/apps/{app}/deploys", new { version = "v7" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await build.PostAsJsonAsync($"{_app}/deploys", new { version = "v7" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await build.GetAsync($"/api/v1/apps/{app}/deploys")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await Eventually.Becomes(async () => (await host.GetAsync($"/api/v1/apps/{app}/deploys"))["deploys"]!.AsArray().Count == 1);
        await host.SendAsync(new RevokeApiKey(by, app, keyId));
        await Eventually.Becomes(async () => (await build.PostAsJsonAsync($"/api/v1/apps/{app}/deploys", new { version = "v7" })).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{}""", "version")]
    [InlineData("""{"version":"1","at":"1999-01-01T00:00:00Z"}""", "at")]
    [InlineData("""{"version":"1","url":"javascript:alert(1)"}""", "url")]
    public async Task A_deploy_says_what_is_wrong_with_it(string body, string field)
    {
        using var client = await WriterAsync();
        using var answer = await client.PostAsync($"{_app}/deploys", new StringContent(body, null, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonObject>())!["message"]!.GetValue<string>().ShouldStartWith(field);
    }

    private static string[] IdsOf(JsonNode page) => [.. page["dead_letters"]!.AsArray().Select(row => row!["event_id"]!.GetValue<string>())];

    private static object Entry(int id, string name, string status, DateTimeOffset at, string? error = null, string? message = null, int attempts = 3) =>
        new { event_id = id, event_name = name, event_version = 1, status, timestamp = at, attempts, error_class = error, error_message = message };

    private async Task<int> DieAsync(string name, string error, string message, DateTimeOffset? at = null, int attempts = 3)
    {
        var id = Interlocked.Increment(ref _id);
        await host.ReportAsync(host.Ours, Entry(id, name, "dead_lettered", at ?? DateTimeOffset.UtcNow, error, message, attempts));
        return id;
    }

    private async Task<int> CountAsync(string path) => (await host.GetAsync($"{_app}/{path}"))["dead_letters"]!.AsArray().Count;

    private async Task<JsonNode> FindAsync(string error) =>
        (await host.GetAsync($"{_app}/dead-letters/groups?state=all&error_class={error}"))["groups"]!.AsArray().ShouldHaveSingleItem()!;

    private async Task<string> StateAsync(string error) => (await FindAsync(error))["state"]!.GetValue<string>();

    private async Task<string> GroupAsync(string error) => $"{_app}/dead-letters/groups/{(await FindAsync(error))["fingerprint"]}";

    private async Task PostAsync(string path, object body)
    {
        using var client = await WriterAsync();
        using var answer = await client.PostAsJsonAsync(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpClient> WriterAsync()
    {
        var secret = $"writer-{Guid.NewGuid():N}";
        await host.IssueTokenAsync(host.Ours, "writer", secret, null, Permission.RetryEvents, Permission.ReportDeploys);
        return host.Client(secret);
    }
}
