using EventEngine.Application.Apps;
using EventEngine.Application.Audit;
using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Web.Tests.Ingestion;

[Collection(nameof(QuotaHost))]
public sealed class ErasingAnAppTests(QuotaHost host)
{
    [Fact]
    public async Task What_a_deleted_app_reported_is_gone_from_the_store_and_its_share_of_the_plan_stays_known()
    {
        var farm = await host.OrganizationAsync(Plan.Free);
        var app = await host.AppAsync(farm);
        var (_, key) = await host.KeyAsync(farm, app);
        await host.PostAsync(key, ["1", "2"]);
        await host.SendAsync(new DeleteApp(Actor.Operator(farm), app));
        await host.CaughtUpAsync();

        var deleted = (await host.SendAsync(new ListAppsToErase(DateTimeOffset.MaxValue))).Single(each => each.App == app);
        foreach (var done in await Task.WhenAll(host.SendAsync(new EraseApp(deleted)), host.SendAsync(new EraseApp(deleted)))) done.ShouldBeTrue();
        await host.CaughtUpAsync();

        var left = host.Get<IEventStore>().ReadAllAsync(filter: new EventFilter([$"{StreamName.EntriesCategory}-{app}"]));
        (await left.ToListAsync()).ShouldBeEmpty();
        (await host.SendAsync(new ListAppsToErase(DateTimeOffset.MaxValue))).ShouldNotContain(each => each.App == app);
        var month = Month.Of(TimeProvider.System.GetUtcNow());
        (await host.SendAsync(new CountUsage(farm, month.FirstDay, month.NextFirstDay))).Value.ShouldBe(2);
        (await host.SendAsync(new ListUsedMonths(app))).ShouldBe([new MonthOfUse(month.FirstDay, 2)]);
        foreach (var stream in new[] { StreamName.Heartbeats(app), StreamName.Schemas(app), StreamName.Stats(app) })
            await Should.ThrowAsync<StreamDeletedException>(() => host.Get<IEventStore>().AppendAsync(
                stream, ExpectedRevision.Any, [new AppDeleted(TimeProvider.System.GetUtcNow())]));
        (await host.SendAsync(new ListAudit(Actor.Operator(farm)))).Entries.Items[0].Type.ShouldBe("app_erased");
    }

    [Fact]
    public async Task An_attempt_that_died_before_it_was_written_down_is_finished_by_the_next()
    {
        var farm = await host.OrganizationAsync(Plan.Free);
        var app = await host.AppAsync(farm);
        await host.SendAsync(new DeleteApp(Actor.Operator(farm), app));
        await host.CaughtUpAsync();
        var deleted = (await host.SendAsync(new ListAppsToErase(DateTimeOffset.MaxValue))).Single(each => each.App == app);
        await host.Get<IEventStore>().DeleteStreamAsync(StreamName.Retries(app), ExpectedRevision.Any, tombstone: true);

        (await host.SendAsync(new EraseApp(deleted))).ShouldBeTrue();

        await host.CaughtUpAsync();
        (await host.SendAsync(new ListAppsToErase(DateTimeOffset.MaxValue))).ShouldNotContain(each => each.App == app);
    }
}
