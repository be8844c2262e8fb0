using EventEngine.Application.Billing;
using EventEngine.Application.EventStore;
using EventEngine.Application.Mail;
using EventEngine.Application.People;
using EventEngine.Domain.Billing;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Testing;
using EventEngine.Web.Tests.Ingestion;

namespace EventEngine.Web.Tests.Billing;

[Collection(nameof(QuotaHost))]
public sealed class QuotaWarningTests(QuotaHost host)
{
    [Fact]
    public async Task Many_nodes_asked_at_once_owners_get_one_mail_for_each_threshold()
    {
        var (farm, address, key) = await FarmAsync();
        (await ReachedAsync(farm)).ShouldBeNull();

        await host.PostAsync(key, Enumerable.Range(0, 16).Select(id => $"{id}"));
        await host.CaughtUpAsync();
        await WarnAtOnceAsync(farm);
        await Eventually.Holds(async () => (await MailsAsync(address)).ShouldBe(["80 %"]));

        await host.PostAsync(key, Enumerable.Range(16, 4).Select(id => $"{id}"));
        await host.CaughtUpAsync();
        await WarnAtOnceAsync(farm);
        await Eventually.Holds(async () => (await MailsAsync(address)).ShouldBe(["80 %", "all"]));
    }

    [Fact]
    public async Task A_warning_whose_claimer_died_before_it_wrote_is_written_by_another()
    {
        var (farm, address, key) = await FarmAsync();
        await host.PostAsync(key, Enumerable.Range(0, 16).Select(id => $"{id}"));
        await host.CaughtUpAsync();
        var reached = (await ReachedAsync(farm))!;
        var died = TimeProvider.System.GetUtcNow() - QuotaWarnings.Patience;
        await host.Get<IEventStore>().AppendAsync(
            StreamName.Usage(farm, reached.Month), ExpectedRevision.NoStream, [new QuotaWarned(died, 80, reached.Used, reached.Limit)]);

        await WarnAtOnceAsync(farm);

        await Eventually.Holds(async () => (await MailsAsync(address)).ShouldBe(["80 %"]));
    }

    [Fact]
    public async Task The_use_of_the_plan_is_told_as_it_is_counted()
    {
        var (farm, _, key) = await FarmAsync();
        await host.PostAsync(key, ["1", "2", "2"]);
        await host.PostAsync(key, ["2"]);
        await host.CaughtUpAsync();

        var usage = (await host.SendAsync(new GetUsage(farm))).Value;

        (usage.Used, usage.Limit, usage.Plan).ShouldBe((2, QuotaHost.FreeEvents, Plan.Free));
        usage.Apps.ShouldHaveSingleItem().Used.ShouldBe(2);
    }

    private async Task<(OrganizationId Farm, string Address, Domain.Apps.ApiKey Key)> FarmAsync()
    {
        var address = $"{Guid.NewGuid():N}@example.test";
        var owner = await host.SendAsync(new RegisterPerson(address, "a long enough password, surely"));
        var farm = await host.OrganizationAsync(Plan.Free, owner);
        return (farm, address, (await host.KeyAsync(farm, await host.AppAsync(farm))).Key);
    }

    private async Task<QuotaReached?> ReachedAsync(OrganizationId farm) =>
        (await host.SendAsync(new ListQuotasReached())).SingleOrDefault(reached => reached.Organization == farm);

    private async Task WarnAtOnceAsync(OrganizationId farm)
    {
        var reached = (await ReachedAsync(farm)).ShouldNotBeNull();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.SendAsync(new WarnOfQuota(reached))));
    }

    private async Task<string[]> MailsAsync(string address)
    {
        var waiting = await host.Get<IMailStore>().ListWaitingAsync(1_000, CancellationToken.None);
        return
        [
            .. waiting.Where(mail => mail.Letter.To == address && mail.Letter.Subject.Contains("events of")).OrderBy(mail => mail.QueuedAt)
                .Select(mail => mail.Letter.Subject.Contains("80 %") ? "80 %" : "all"),
        ];
    }
}
