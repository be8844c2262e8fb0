using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventEngine.Application.Apps;
using EventEngine.Application.Audit;
using EventEngine.Application.Schemas;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Schemas;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Schemas;

/// <summary>The way of definitions through the API: uploaded or by heartbeat, judged, compared, listed.</summary>
public sealed class CatalogTests(CatalogTests.Host host) : IClassFixture<CatalogTests.Host>
{
    [Fact]
    public async Task An_upload_is_kept_once_and_shown_with_its_fingerprint()
    {
        var name = Host.Name();
        var upload = await host.UploadAsync([Definition(name, 1, "weight", "note?")]);
        upload["compatible"]!.GetValue<bool>().ShouldBeTrue();
        upload["schemas"]![0]!["state"]!.GetValue<string>().ShouldBe("new");
        upload["position"].ShouldNotBeNull();
        (await host.UploadAsync([Definition(name, 1, "weight", "note?")]))["position"].ShouldBeNull();

        var schema = await host.SchemaAsync(name);
        var definition = schema["definitions"]!.AsArray().ShouldHaveSingleItem()!;
        definition["definition"]!["payload_fields"]![0]!.ToJsonString().ShouldBe("""{"name":"weight","from":"order","attr":null,"required":true}""");
        definition["fingerprint"]!.GetValue<string>().ShouldBe(upload["schemas"]![0]!["fingerprint"]!.GetValue<string>());
        definition["source"]!.GetValue<string>().ShouldBe("upload");
        schema["verdict"]!.GetValue<string>().ShouldBe("first_version");
        Codes(schema).ShouldBe(["NEVER_EMITTED"]);
    }

    [Fact]
    public async Task A_dry_run_stops_a_build_that_would_break_consumers_and_keeps_nothing()
    {
        var name = Host.Name();
        await host.UploadAsync([Definition(name, 1, "weight", "note?")]);
        object[] next = [Definition(name, 1, "weight", "note?"), Definition(name, 2, "note?", "size?")];

        var refused = await host.UploadAsync(next, "&dry_run=true", HttpStatusCode.Conflict);
        refused["error"]!.GetValue<string>().ShouldBe("incompatible");
        refused["compatible"]!.GetValue<bool>().ShouldBeFalse();
        refused["message"]!.GetValue<string>().ShouldBe($"{name} v2: Consumers of v1 that read `weight` will find nothing there in events of v2.");
        var rule = refused["schemas"]![1]!["verdict"]!["breaking"]!.AsArray().ShouldHaveSingleItem()!;
        rule["rule"]!.GetValue<string>().ShouldBe("REQUIRED_FIELD_REMOVED");
        (await host.SchemaAsync(name))["versions"]!.AsArray().Count.ShouldBe(1);

        var kept = await host.UploadAsync(next);
        kept["compatible"]!.GetValue<bool>().ShouldBeFalse("what is merged is told, and kept");
        (await host.SchemaAsync(name))["verdict"]!.GetValue<string>().ShouldBe("breaking");
    }

    [Fact]
    public async Task A_mode_of_the_event_beats_that_of_the_app_and_changes_the_verdict()
    {
        var name = Host.Name();
        await host.UploadAsync([Definition(name, 1, "weight"), Definition(name, 2, "weight", "size")]);
        (await host.SchemaAsync(name))["verdict"]!.GetValue<string>().ShouldBe("compatible", "forward, by default");

        await host.ChangeModeAsync(name, CompatibilityMode.Backward);
        var schema = await host.SchemaAsync(name);
        schema["verdict"]!.GetValue<string>().ShouldBe("breaking");
        schema["verdicts"]![0]!["verdict"]!["breaking"]![0]!["rule"]!.GetValue<string>().ShouldBe("REQUIRED_FIELD_ADDED");
        schema["history"]!.AsArray().Select(each => each!["message"]!.GetValue<string>()).ShouldContain("Mode of this event set to backward.");

        await host.ChangeModeAsync(name, CompatibilityMode.None);
        (await host.SchemaAsync(name))["verdict"]!.GetValue<string>().ShouldBe("unchecked");
        await host.ChangeModeAsync(name, null);
        (await host.SchemaAsync(name))["verdict"]!.GetValue<string>().ShouldBe("compatible");
    }

    [Fact]
    public async Task Any_two_versions_are_compared_in_either_direction()
    {
        var name = Host.Name();
        await host.UploadAsync([Definition(name, 1, "weight"), Definition(name, 2, "weight", "size?"), Definition(name, 3, "size?")]);

        var diff = await host.Api.GetAsync($"/api/v1/schemas/{name}/diff?from=1&to=3&app={host.Api.Ours.App}");
        diff["changes"]!.AsArray().Select(change => $"{change!["kind"]} {change["name"]}").ShouldBe(["field_added size", "field_removed weight"]);
        diff["verdict"]!["compatible"]!.GetValue<bool>().ShouldBeFalse();
        var back = await host.Api.GetAsync($"/api/v1/schemas/{name}/diff?from=3&to=1");
        back["verdict"]!["compatible"]!.GetValue<bool>().ShouldBeTrue("v3 counts on nothing that v1 lacks");
        back["verdict"]!["allowed"]![0]!["rule"]!.GetValue<string>().ShouldBe("REQUIRED_FIELD_ADDED");
        await host.Api.GetAsync($"/api/v1/schemas/{name}/diff?from=1&to=9", HttpStatusCode.NotFound);
        await host.Api.GetAsync($"/api/v1/schemas/{name}/diff?from=1&to=3&app={host.Api.Theirs.App}", HttpStatusCode.NotFound);
        await host.Api.GetAsync($"/api/v1/schemas/{name}/diff?from=one&to=3", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_does_not_add_up_is_said()
    {
        var (name, staging) = (Host.Name(), await host.StagingAsync());
        await host.UploadAsync([Definition(name, 1, "weight"), Described(name, 2, "f00", ["weight"])]);
        await host.UploadAsync([Definition(name, 2, "weight", "size?")], app: staging);
        await host.UploadAsync([Definition(name, 1, "weight", "note?")]);
        await host.Api.HeartbeatAsync(host.Api.Ours, new { schema_fingerprints = new Dictionary<string, string> { [name] = "abc" } });
        await host.Api.ReportAsync(host.Api.Ours, Entry(name, 1));
        await host.Api.ReportAsync(host.Api.Ours, Entry(name, 7));

        var schema = await host.SchemaAsync(name);
        Codes(schema).ShouldBe(["FINGERPRINT_MISMATCH", "VERSION_REDEFINED", "APPS_DISAGREE", "UNKNOWN_FINGERPRINT", "VERSION_UNDEFINED"]);
        schema["emitters"]!.AsArray().Select(each => $"{each!["environment"]} {each["event_version"]}").ShouldBe(["production 7", "production 1"]);
        schema["latest"]!.AsArray().Sum(each => each!["events"]!.GetValue<int>()).ShouldBe(2);
        schema["volume"]!["last_24h"]!.GetValue<int>().ShouldBe(2);
        schema["versions"]!.AsArray().Select(each => each!.GetValue<int>()).ShouldBe([1, 2, 7]);
    }

    [Fact]
    public async Task Environments_that_emit_different_versions_are_named()
    {
        var (name, staging) = (Host.Name(), await host.StagingAsync());
        await host.Api.ReportAsync(host.Api.Ours, Entry(name, 1));
        await host.ReportAsync(staging, Entry(name, 1), Entry(name, 2));
        var warning = (await host.SchemaAsync(name))["warnings"]!.AsArray().Single(each => each!["code"]!.GetValue<string>() == "VERSION_SKEW")!;
        warning["message"]!.GetValue<string>().ShouldBe("production emits v1, staging emits v2.");
    }

    [Fact]
    public async Task The_catalog_is_filtered_sorted_and_paged_without_a_gap()
    {
        var prefix = Host.Name();
        await host.UploadAsync([.. Enumerable.Range(0, 7).Select(i => Definition($"{prefix}_{i}", 1, "weight"))]);
        await host.UploadAsync([Definition($"{prefix}_3", 2, "size")]);

        foreach (var sort in new[] { "event_name", "-event_name", "versions", "-verdict", "last_changed_at", "-last_24h" })
        {
            var seen = new List<string>();
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await host.Api.GetAsync($"/api/v1/schemas?q={prefix}&sort={sort}&limit=3{cursor}");
                page["count"]!.GetValue<int>().ShouldBe(7);
                seen.AddRange(page["schemas"]!.AsArray().Select(row => row!["event_name"]!.GetValue<string>()));
                cursor = page["next_cursor"] is { } next ? $"&cursor={next}" : null;
            }

            seen.Order().ShouldBe(Enumerable.Range(0, 7).Select(i => $"{prefix}_{i}"), sort);
            if (sort == "-event_name") seen.ShouldBe(seen.OrderDescending());
        }

        await OnlyAsync($"q={prefix}&verdict=breaking", $"{prefix}_3");
        await OnlyAsync($"q={prefix}_3&warning=never_emitted&environment=production&app={host.Api.Ours.App}", $"{prefix}_3");
        await OnlyAsync($"q={prefix}&environment=moon");
        await host.Api.GetAsync("/api/v1/schemas?sort=colour", HttpStatusCode.BadRequest);
        await host.Api.GetAsync("/api/v1/schemas?verdict=fine", HttpStatusCode.BadRequest);
        await host.Api.GetAsync("/api/v1/schemas?cursor=nonsense", HttpStatusCode.BadRequest);
        await host.Api.GetAsync($"/api/v1/schemas?app={host.Api.Theirs.App}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_upload_for_an_app_of_others_is_not_found_and_one_that_is_broken_is_refused_whole()
    {
        await host.UploadAsync([Definition(Host.Name(), 1, "weight")], app: host.Api.Theirs.App, status: HttpStatusCode.NotFound);
        var name = Host.Name();
        var refused = await host.UploadAsync([Definition(name, 1, "weight"), new { event_name = name, event_version = 0 }], status: HttpStatusCode.BadRequest);
        refused["message"]!.GetValue<string>().ShouldBe("Definition 1: event_version must be a whole number from 1 on.");
        await host.Api.GetAsync($"/api/v1/schemas/{name}", HttpStatusCode.NotFound);
        await host.UploadAsync([Definition(name, 1, new string('x', 1 << 20))], status: HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Who_changed_a_mode_stands_in_the_audit()
    {
        var name = Host.Name();
        await host.ChangeModeAsync(name, CompatibilityMode.FullTransitive);
        await host.ChangeModeAsync(name, CompatibilityMode.FullTransitive);
        var audit = await host.Api.SendAsync(new ListAudit(Actor.Operator(host.Api.Ours.Organization)));
        var entry = audit.Entries.Items.Where(each => each.What.Contains(name)).ShouldHaveSingleItem("said twice, it is done once");
        (entry.Kind, entry.Who, entry.What).ShouldBe((AuditKind.Apps, "The operator", $"set the compatibility mode of {name} in Shop (production) to full, all versions"));
    }

    [Fact]
    public async Task A_page_that_refreshes_itself_takes_volumes_of_the_last_minute()
    {
        var name = Host.Name();
        await host.Api.ReportAsync(host.Api.Ours, Entry(name, 1));
        (await VolumeAsync(isRefresh: false)).ShouldBe(1);
        await host.Api.ReportAsync(host.Api.Ours, Entry(name, 1));
        (await VolumeAsync(isRefresh: true)).ShouldBe(1);
        (await VolumeAsync(isRefresh: false)).ShouldBe(2);

        async Task<long> VolumeAsync(bool isRefresh) => (await host.Api.SendAsync(new GetSchema(host.Api.Ours.Organization, name, isRefresh))).Value.Schema.Volume.Last30Days;
    }

    [Fact]
    public async Task A_build_uploads_with_the_key_of_its_app_which_says_whose_definitions_they_are()
    {
        var (name, app) = (Host.Name(), await host.StagingAsync());
        using var build = host.Api.Client();
        build.DefaultRequestHeaders.Add("X-API-Key", $"ee_live_{app}");
        using var answer = await build.PostAsJsonAsync("/api/v1/schemas", new[] { Definition(name, 1, "weight") });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        await host.Api.CaughtUpAsync();
        (await host.SchemaAsync(name))["definitions"]![0]!["app"]!.GetValue<string>().ShouldBe(app.ToString());

        using var token = host.Api.Client("schemas-token");
        using var whose = await token.PostAsJsonAsync("/api/v1/schemas", new[] { Definition(name, 1, "weight") });
        whose.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "a token does not say whose they are");
    }

    [Fact]
    public async Task A_mode_is_set_and_taken_back_by_programs()
    {
        var name = Host.Name();
        await host.UploadAsync([Definition(name, 1, "weight"), Definition(name, 2, "weight", "size")]);

        await host.PutModeAsync(new { event_name = name, mode = "backward_transitive" });
        (await VerdictAsync()).ShouldBe(("breaking", "backward_transitive", null));
        await host.PutModeAsync(new { mode = "full" });
        await host.PutModeAsync(new { event_name = name });
        (await VerdictAsync()).ShouldBe(("breaking", null, "full"));
        await host.PutModeAsync(new { });
        (await VerdictAsync()).ShouldBe(("compatible", null, null));

        await host.PutModeAsync(new { event_name = name, mode = "sideways" }, HttpStatusCode.BadRequest);
        await host.PutModeAsync(new { event_name = name, mode = "full" }, HttpStatusCode.NotFound, host.Api.Theirs.App);

        async Task<(string, string?, string?)> VerdictAsync()
        {
            var schema = await host.SchemaAsync(name);
            var verdict = schema["verdicts"]!.AsArray().ShouldHaveSingleItem()!;
            return (schema["verdict"]!.GetValue<string>(), verdict["own_mode"]?.GetValue<string>(), verdict["app_mode"]?.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_token_that_only_reads_uploads_nothing()
    {
        using var client = host.Api.Client(host.Api.Ours.Token);
        using var answer = await client.PostAsJsonAsync($"/api/v1/schemas?app={host.Api.Ours.App}", new[] { Definition(Host.Name(), 1, "weight") });
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task OnlyAsync(string filter, params string[] names) =>
        (await host.Api.GetAsync($"/api/v1/schemas?{filter}"))["schemas"]!.AsArray().Select(row => row!["event_name"]!.GetValue<string>()).ShouldBe(names, filter);

    private static IEnumerable<string> Codes(JsonNode schema) => schema["warnings"]!.AsArray().Select(warning => warning!["code"]!.GetValue<string>());

    private static object Definition(string name, int version, params string[] fields) => Described(name, version, null, fields);

    private static object Described(string name, int version, string? fingerprint, string[] fields) => new
    {
        event_name = name,
        event_version = version,
        event_type = "domain",
        required_inputs = new[] { "order" },
        payload_fields = fields.Select(field => new { name = field.TrimEnd('?'), from = "order", attr = (string?)null, required = !field.EndsWith('?') }),
        fingerprint,
    };

    private static object Entry(string name, int version) => new
    {
        event_id = Guid.NewGuid().ToString("N"),
        event_name = name,
        event_version = version,
        status = "emitted",
        timestamp = DateTimeOffset.UtcNow,
    };

    public sealed class Host : IAsyncLifetime
    {
        private const string Token = "schemas-token";

        public ApiHost Api { get; } = new();

        public async Task InitializeAsync()
        {
            await Api.InitializeAsync();
            await Api.IssueTokenAsync(Api.Ours, "ci", Token, null, Permission.ManageSchemas);
        }

        public Task DisposeAsync() => Api.DisposeAsync();

        public static string Name() => $"event_{Guid.NewGuid():N}";

        public Task<JsonNode> SchemaAsync(string name) => Api.GetAsync($"/api/v1/schemas/{name}");

        public async Task<JsonNode> UploadAsync(object[] definitions, string query = "", HttpStatusCode status = HttpStatusCode.OK, AppId? app = null)
        {
            using var client = Api.Client(Token);
            using var answer = await client.PostAsJsonAsync($"/api/v1/schemas?app={app ?? Api.Ours.App}{query}", definitions);
            var body = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(status, body);
            await Api.CaughtUpAsync();
            return JsonNode.Parse(body)!;
        }

        public async Task ChangeModeAsync(string name, CompatibilityMode? mode)
        {
            await Api.SendAsync(new ChangeCompatibilityMode(Actor.Operator(Api.Ours.Organization), Api.Ours.App, name, mode));
            await Api.CaughtUpAsync();
        }

        public async Task PutModeAsync(object mode, HttpStatusCode status = HttpStatusCode.NoContent, AppId? app = null)
        {
            using var client = Api.Client(Token);
            using var answer = await client.PutAsJsonAsync($"/api/v1/apps/{app ?? Api.Ours.App}/compatibility-mode", mode);
            answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
            await Api.CaughtUpAsync();
        }

        /// <summary>Another app of ours, in staging.</summary>
        public async Task<AppId> StagingAsync()
        {
            var (by, app) = (Actor.Operator(Api.Ours.Organization), new AppId(Guid.NewGuid()));
            await Api.SendAsync(new RegisterApp(by, app, "Shop", "staging"));
            await Api.SendAsync(new IssueApiKey(by, Guid.NewGuid(), app, new ApiKey($"ee_live_{app}")));
            await Api.CaughtUpAsync();
            return app;
        }

        public async Task ReportAsync(AppId app, params object[] entries)
        {
            using var client = Api.Client($"ee_live_{app}");
            using var answer = await client.PostAsJsonAsync("/v1/ingest/events", new { entries });
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await Api.CaughtUpAsync();
        }
    }
}
