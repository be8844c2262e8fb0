using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventEngine.Application.Apps;
using EventEngine.Application.Audit;
using EventEngine.Application.DeadLetters;
using EventEngine.Application.Entries;
using EventEngine.Application.Retries;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;

namespace EventEngine.Web.Tests.Retries;

public sealed class RetryApiTests(RetryHost product) : IClassFixture<RetryHost>
{
    [Fact]
    public async Task A_dry_run_counts_by_name_and_sends_nothing()
    {
        await using var app = new RetriedApp();
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, 9);
        using var client = await ClientAsync();

        var preview = await PostAsync(client, shop, new { event_ids = new[] { "0", "1", "2", "3", "no such" }, dry_run = true }, HttpStatusCode.OK);

        preview["items"]!.GetValue<int>().ShouldBe(4);
        preview["not_dead"]!.GetValue<int>().ShouldBe(1);
        preview["event_names"]!.ToJsonString().ShouldBe("""[{"event_name":"order.placed","count":2},{"event_name":"order.shipped","count":2}]""");
        preview["callback_url"]!.GetValue<string>().ShouldBe(app.Address.AbsoluteUri);
        app.Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_retry_is_started_followed_item_by_item_and_audited()
    {
        await using var app = new RetriedApp { Status = id => id == "1" ? 409 : 202 };
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, 3);
        using var client = await ClientAsync();

        var started = await PostAsync(client, shop, new { filter = new { event_name = "order.placed" }, name = "Placed" }, HttpStatusCode.Created);
        var id = Guid.Parse(started["retry_id"]!.GetValue<string>());
        await product.Product.CaughtUpAsync();
        await product.BecomesAsync(shop, id, row => row.State == RetryState.Finished);

        var path = $"/api/v1/apps/{shop.Id}/retries";
        (await client.GetFromJsonAsync<JsonNode>(path))!["retries"]!.AsArray().ShouldHaveSingleItem()!["name"]!.GetValue<string>().ShouldBe("Placed");
        var items = (await client.GetFromJsonAsync<JsonNode>($"{path}/{id:N}/items?state=refused"))!["items"]!.AsArray();
        (items.Single()!["event_id"]!.GetValue<string>(), items.Single()!["status_code"]!.GetValue<int>()).ShouldBe(("1", 409));
        items.Single()!["reason"]!.GetValue<string>().ShouldContain("as told");
        (await client.PostAsync($"{path}/{id:N}/cancel", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent); // it has ended: nothing to do
        var audit = await product.SendAsync(new ListAudit(product.Us, Kind: AuditKind.Retries));
        audit.Entries.Items.ShouldContain(entry => entry.What.EndsWith("to retry 2 events: Placed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_groups_are_counted_and_retried_together()
    {
        await using var app = new RetriedApp();
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, deadLetters: 0);
        await product.ReportAsync(shop, [DeadLetters.Died(0, "First"), DeadLetters.Died(1, "Second"), DeadLetters.Died(2, "Third"), DeadLetters.Died(3, "Second")]);
        var listed = await product.SendAsync(new ListDeadLetterGroups(product.Ours.Organization, shop.Id, new DeadLetterCriteria()));
        var groups = listed.Value.Groups.Items.Where(group => group.ErrorClass != "Third").Select(group => group.Fingerprint).ToArray();
        using var client = await ClientAsync();

        (await PostAsync(client, shop, new { groups, dry_run = true }, HttpStatusCode.OK))["items"]!.GetValue<int>().ShouldBe(3);
        (await PostAsync(client, shop, new { groups, filter = new { event_name = "order.shipped" }, dry_run = true }, HttpStatusCode.OK))["items"]!.GetValue<int>().ShouldBe(2);
        foreach (string[] wrong in (string[][])[[], ["no fingerprint"]]) await PostAsync(client, shop, new { groups = wrong }, HttpStatusCode.BadRequest);
        var id = Guid.Parse((await PostAsync(client, shop, new { groups }, HttpStatusCode.Created))["retry_id"]!.GetValue<string>());
        await product.Product.CaughtUpAsync();
        var ended = await product.BecomesAsync(shop, id, row => row.State == RetryState.Finished);

        (ended.Name, ended.Selection).ShouldBe(("Groups First, Second", RetrySelectionKind.Group));
        app.Received.Keys.Order().ShouldBe(["0", "1", "3"]);
    }

    [Fact]
    public async Task An_event_that_is_being_retried_is_in_no_second_retry_not_even_of_two_at_once()
    {
        await using var app = new RetriedApp { Before = _ => Task.Delay(500) };
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, 12);
        var everything = new RetrySelection(Criteria: new());

        var ids = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToList();
        var outcomes = await Task.WhenAll(ids.Select(async id =>
        {
            try
            {
                return await product.SendAsync(new StartRetry(product.Us, shop.Id, id, everything, null)) is not null;
            }
            catch (DomainException refused) when (refused.Code == "nothing_to_retry")
            {
                return false;
            }
        }));
        var retry = ids[Array.IndexOf(outcomes, true)];
        await product.Product.CaughtUpAsync();
        await product.BecomesAsync(shop, retry, row => row.State == RetryState.Finished);

        outcomes.Count(started => started).ShouldBe(1);
        app.Total.ShouldBe(12);
        (await product.SendAsync(new PreviewRetry(product.Ours.Organization, shop.Id, everything))).Value.UnderWay.ShouldBe(12);
    }

    [Fact]
    public async Task Sent_twice_the_same_form_starts_one_retry()
    {
        await using var app = new RetriedApp();
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, 1);
        var id = await product.StartAsync(shop, new RetrySelection(EventIds: ["0"]));

        (await product.SendAsync(new StartRetry(product.Us, shop.Id, id, new RetrySelection(EventIds: ["0"]), null))).ShouldBeNull();

        (await product.SendAsync(new ListRetries(product.Ours.Organization, shop.Id))).Value.Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task More_than_was_seen_or_than_a_retry_holds_is_not_started()
    {
        await using var app = new RetriedApp();
        await app.StartAsync();
        var shop = await product.DeadAppAsync(app, 5);
        var everything = new RetrySelection(Criteria: new());

        (await Should.ThrowAsync<DomainException>(product.SendAsync(new StartRetry(product.Us, shop.Id, Guid.NewGuid(), everything, null, Expected: 4)))).Code.ShouldBe("selection_changed");
        await product.SendAsync(new ConfigureCallback(product.Us, shop.Id, null));
        (await Should.ThrowAsync<DomainException>(product.SendAsync(new StartRetry(product.Us, shop.Id, Guid.NewGuid(), everything, null)))).Code.ShouldBe("no_callback");
        app.Total.ShouldBe(0);
    }

    private async Task<HttpClient> ClientAsync()
    {
        var secret = $"retries-{Guid.NewGuid():N}";
        await product.Product.IssueTokenAsync(product.Ours, "retries", secret, null, Permission.Read, Permission.RetryEvents);
        return product.Product.Client(secret);
    }

    private static async Task<JsonNode> PostAsync(HttpClient client, DeadApp app, object body, HttpStatusCode status)
    {
        using var answer = await client.PostAsJsonAsync($"/api/v1/apps/{app.Id}/retries", body);
        var said = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, said);
        return JsonNode.Parse(said)!;
    }
}
