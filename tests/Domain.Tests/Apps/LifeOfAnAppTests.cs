using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;
using static EventEngine.Domain.Tests.Apps.Apps;

namespace EventEngine.Domain.Tests.Apps;

public sealed class LifeOfAnAppTests
{
    private static readonly AppDeleted Deleted = new(Noon);

    [Fact]
    public void Given_nothing_when_registered_then_it_is_an_app_and_once_only()
    {
        Given().Register(Farm, "Shop", "production", Noon).ShouldBe([Registered]);
        Given(Registered).Register(Farm, "Shop", "production", Noon).ShouldBeEmpty();
        Given(Registered, Deleted).Register(Farm, "Shop", "production", Noon).ShouldBeEmpty();
    }

    [Fact]
    public void Given_an_app_when_renamed_then_it_has_another_name_and_once_only()
    {
        var renamed = new AppRenamed(Noon, "Store", "staging");

        Given(Registered).Rename("Store", "staging", Noon).ShouldBe([renamed]);
        Given(Registered, renamed).Rename("Store", "staging", Noon).ShouldBeEmpty();
        Given(Registered).Rename("Shop", "production", Noon).ShouldBeEmpty();
    }

    [Fact]
    public void Given_an_app_when_its_callback_is_set_then_it_says_so_until_it_is_taken_away()
    {
        var url = CallbackUrl.Parse("https://shop.example/ee");
        var configured = new CallbackConfigured(Noon, "https://shop.example/ee");

        Given(Registered).ConfigureCallback(url, Noon).ShouldBe([configured]);
        Given(Registered, configured).ConfigureCallback(url, Noon).ShouldBeEmpty();
        Given(Registered, configured).ConfigureCallback(null, Noon).ShouldBe([new CallbackConfigured(Noon, null)]);
        Given(Registered).ConfigureCallback(null, Noon).ShouldBeEmpty();
    }

    [Fact]
    public void Given_an_app_when_its_limit_is_set_then_events_are_overdue_after_it()
    {
        var set = new InFlightLimitSet(Noon, 30);

        Given(Registered).InFlightMinutes.ShouldBe(5);
        Given(Registered).SetInFlightLimit(5, Noon).ShouldBeEmpty();
        Given(Registered).SetInFlightLimit(30, Noon).ShouldBe([set]);
        Given(Registered, set).SetInFlightLimit(30, Noon).ShouldBeEmpty();
        Given(Registered, set).InFlightMinutes.ShouldBe(30);
        Given(Registered, set).SetInFlightLimit(1440, Noon).ShouldHaveSingleItem();
        foreach (var minutes in new[] { 0, -1, 1441, int.MaxValue })
            Should.Throw<DomainException>(() => Given(Registered).SetInFlightLimit(minutes, Noon)).Code.ShouldBe("invalid_in_flight_limit");
    }

    [Fact]
    public void Given_an_app_when_deleted_then_its_keys_end_and_nothing_more_happens_to_it()
    {
        Given(Registered, Issued(Old)).Delete(Noon).ShouldBe([Deleted]);
        var gone = Given(Registered, Issued(Old), Deleted);

        gone.ActiveKeys.ShouldBeEmpty();
        gone.Delete(Noon).ShouldBeEmpty();
        gone.Rename("Store", "staging", Noon).ShouldBeEmpty();
        gone.RevokeKey(Old, Noon).ShouldBeEmpty();
        Should.Throw<DomainException>(() => gone.IssueKey(New, "", "", Noon)).Code.ShouldBe("app_unknown");
    }

    [Fact]
    public void Given_a_deleted_app_when_erased_then_its_use_of_the_plan_stays_and_once_only()
    {
        MonthOfUse[] usage = [new(new DateOnly(2026, 11, 1), 42)];

        var erased = Given(Registered, Deleted).Erase(usage, Noon).ShouldHaveSingleItem().ShouldBeOfType<AppErased>();

        erased.Usage.ShouldBe(usage);
        Given(Registered, Deleted, erased).Erase(usage, Noon).ShouldBeEmpty();
        Should.Throw<DomainException>(() => Given(Registered).Erase(usage, Noon)).Code.ShouldBe("app_exists");
    }
}
