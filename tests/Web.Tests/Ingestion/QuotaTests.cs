using System.Net;
using EventEngine.Application.Entries;
using EventEngine.Domain.Organizations;

namespace EventEngine.Web.Tests.Ingestion;

[Collection(nameof(QuotaHost))]
public sealed class QuotaTests(QuotaHost host)
{
    [Fact]
    public async Task The_batch_that_crosses_the_limit_is_taken_whole_and_none_after_it()
    {
        var (farm, app, key) = await FarmAsync();

        (await PostAsync(key, 0, 15)).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(key, 15, 4)).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(key, 19, 10)).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(key, 29, 3)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await PostAsync(key, 29, 2, node: 1)).ShouldBe(HttpStatusCode.TooManyRequests);

        var ledger = await host.LedgerAsync(farm, app);
        ledger.ShouldBe(new Ledger(Received: 34, Stored: 29, Duplicate: 0, Rejected: 0, Refused: 5));
        ledger.Unexplained.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_refused_is_answered_as_the_contract_says()
    {
        var (_, _, key) = await FarmAsync();
        await PostAsync(key, 0, 20);

        using var refused = await host.PostAsync(key, ["21"]);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var body = await QuotaHost.JsonAsync(refused);
        body["error"]!.GetValue<string>().ShouldBe("rate_limit_exceeded");
        body["message"]!.GetValue<string>().ShouldBe("Free plan limited to 20 events/month");
        body["upgrade_url"]!.GetValue<string>().ShouldEndWith("/dashboard/settings/billing");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 3600);
    }

    [Fact]
    public async Task Transitions_and_repetitions_of_known_events_use_nothing()
    {
        var (_, _, key) = await FarmAsync();
        for (var i = 0; i < 8; i++) (await PostAsync(key, 0, 19)).ShouldBe(HttpStatusCode.Accepted);

        (await PostAsync(key, 19, 1)).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(key, 20, 1)).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task What_one_node_takes_the_other_knows()
    {
        var (farm, app, key) = await FarmAsync();
        var accepted = 0;
        for (var i = 0; i < 30; i++)
            if (await PostAsync(key, i, 1, node: i % 2) == HttpStatusCode.Accepted) accepted++;

        accepted.ShouldBe(QuotaHost.FreeEvents);
        (await host.LedgerAsync(farm, app)).ShouldBe(new Ledger(30, 20, 0, 0, 10));
    }

    [Fact]
    public async Task Many_at_once_on_one_node_do_not_slip_past()
    {
        var (farm, app, key) = await FarmAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => PostAsync(key, i, 1)));

        answers.Count(answer => answer == HttpStatusCode.Accepted).ShouldBe(QuotaHost.FreeEvents);
        (await host.LedgerAsync(farm, app)).ShouldBe(new Ledger(60, 20, 0, 0, 40));
    }

    [Fact]
    public async Task A_second_app_and_a_second_key_use_the_same_plan()
    {
        var (farm, first, key) = await FarmAsync();
        var second = await host.AppAsync(farm);
        var (_, other) = await host.KeyAsync(farm, second);
        await PostAsync(key, 0, 20);

        (await PostAsync(other, 0, 1)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await PostAsync((await host.KeyAsync(farm, first)).Key, 0, 1)).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Beyond_the_limit_a_body_that_is_no_batch_is_still_told_so_and_counts_nothing()
    {
        var (farm, app, key) = await FarmAsync();
        await PostAsync(key, 0, 20);

        using var nothing = await host.PostAsync(key, """{"entries":[""");
        nothing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(key, 20, 1)).ShouldBe(HttpStatusCode.TooManyRequests);

        (await host.LedgerAsync(farm, app)).Refused.ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_app_has_still_used_its_share()
    {
        var (farm, app, key) = await FarmAsync();
        await PostAsync(key, 0, 20);
        await host.SendAsync(new Application.Apps.DeleteApp(Actor.Operator(farm), app));
        var another = await host.AppAsync(farm);

        (await PostAsync((await host.KeyAsync(farm, another)).Key, 0, 1)).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private async Task<(OrganizationId Farm, Domain.Apps.AppId App, Domain.Apps.ApiKey Key)> FarmAsync()
    {
        var farm = await host.OrganizationAsync(Plan.Free);
        var app = await host.AppAsync(farm);
        return (farm, app, (await host.KeyAsync(farm, app)).Key);
    }

    private async Task<HttpStatusCode> PostAsync(Domain.Apps.ApiKey key, int first, int count, int node = 0)
    {
        using var response = await host.PostAsync(key, Enumerable.Range(first, count).Select(id => id.ToString()), node);
        return response.StatusCode;
    }
}
