using System.Diagnostics;
using System.Net;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Ingestion;

[Collection(nameof(QuotaHost))]
public sealed class KeyRotationTests(QuotaHost host)
{
    [Fact]
    public async Task A_key_is_changed_for_another_under_traffic_without_one_refused_request()
    {
        var farm = await host.OrganizationAsync(Plan.Enterprise);
        var app = await host.AppAsync(farm);
        var (oldId, old) = await host.KeyAsync(farm, app);
        var current = old;
        var answers = new List<HttpStatusCode>();
        using var stop = new CancellationTokenSource();
        var traffic = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                using var response = await host.PostAsync(Volatile.Read(ref current), [$"{i}"], node: i % 2);
                lock (answers) answers.Add(response.StatusCode);
            }
        });

        await AnsweredAsync(answers, more: 20);
        Volatile.Write(ref current, (await host.KeyAsync(farm, app)).Key);
        await AnsweredAsync(answers, more: 20);
        await host.SendAsync(new RevokeApiKey(Actor.Operator(farm), app, oldId));
        await AnsweredAsync(answers, more: 20);
        await stop.CancelAsync();
        await traffic;

        answers.ShouldAllBe(status => status == HttpStatusCode.Accepted);
        await Eventually.Becomes(async () => await StatusAsync(old, 0) == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_key_stops_on_every_node_within_a_second()
    {
        var farm = await host.OrganizationAsync(Plan.Enterprise);
        var app = await host.AppAsync(farm);
        var (id, key) = await host.KeyAsync(farm, app);
        for (var node = 0; node < 2; node++) (await StatusAsync(key, node)).ShouldBe(HttpStatusCode.Accepted);

        await host.SendAsync(new RevokeApiKey(Actor.Operator(farm), app, id));
        var revoked = Stopwatch.StartNew();
        for (var node = 0; node < 2; node++)
        {
            while (await StatusAsync(key, node) != HttpStatusCode.Unauthorized) revoked.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1.5));
        }
    }

    [Fact]
    public async Task A_key_that_is_one_too_many_never_works()
    {
        var farm = await host.OrganizationAsync(Plan.Enterprise);
        var app = await host.AppAsync(farm);
        await host.KeyAsync(farm, app);
        await host.KeyAsync(farm, app);
        var third = new ApiKey($"ee_live_{Guid.NewGuid():N}");

        await Should.ThrowAsync<DomainException>(() => host.SendAsync(new IssueApiKey(Actor.Operator(farm), Guid.NewGuid(), app, third)));

        (await StatusAsync(third, 0)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_for_another_organizations_app_is_not_issued_and_never_works()
    {
        var ours = await host.OrganizationAsync(Plan.Enterprise);
        var theirs = await host.OrganizationAsync(Plan.Enterprise);
        var app = await host.AppAsync(theirs);
        var key = new ApiKey($"ee_live_{Guid.NewGuid():N}");

        await Should.ThrowAsync<Application.Shared.NotFoundException>(() => host.SendAsync(new IssueApiKey(Actor.Operator(ours), Guid.NewGuid(), app, key)));

        (await StatusAsync(key, 0)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_second_key_buys_no_more_requests_a_minute()
    {
        var farm = await host.OrganizationAsync(Plan.Starter);
        var app = await host.AppAsync(farm);
        ApiKey[] keys = [(await host.KeyAsync(farm, app)).Key, (await host.KeyAsync(farm, app)).Key];
        var accepted = 0;
        for (var i = 0; i < QuotaHost.StarterRequests + 20; i++)
            if (await StatusAsync(keys[i % 2], 0) == HttpStatusCode.Accepted) accepted++;

        accepted.ShouldBe(QuotaHost.StarterRequests);
    }

    [Fact]
    public async Task The_keys_of_a_deleted_app_stop_and_its_place_is_free()
    {
        var farm = await host.OrganizationAsync(Plan.Free);
        var apps = new List<AppId>();
        for (var i = 0; i < 5; i++) apps.Add(await host.AppAsync(farm));
        var (_, key) = await host.KeyAsync(farm, apps[0]);
        (await StatusAsync(key, 0)).ShouldBe(HttpStatusCode.Accepted);
        await Should.ThrowAsync<PlanLimitException>(() => host.AppAsync(farm));

        await host.SendAsync(new DeleteApp(Actor.Operator(farm), apps[0]));

        await Eventually.Becomes(async () => await StatusAsync(key, 0) == HttpStatusCode.Unauthorized);
        await host.AppAsync(farm);
        await host.CaughtUpAsync();
        (await host.SendAsync(new ListRegisteredApps(farm))).Value.Select(app => app.Id).ShouldNotContain(apps[0]);
        await Should.ThrowAsync<Application.Shared.NotFoundException>(() => host.SendAsync(new GetAppSettings(farm, apps[0])));
    }

    private static async Task AnsweredAsync(List<HttpStatusCode> answers, int more)
    {
        int before;
        lock (answers) before = answers.Count;
        await Eventually.Becomes(() =>
        {
            lock (answers) return Task.FromResult(answers.Count >= before + more);
        });
    }

    private async Task<HttpStatusCode> StatusAsync(ApiKey key, int node)
    {
        using var response = await host.PostAsync(key, ["1"], node);
        return response.StatusCode;
    }
}
