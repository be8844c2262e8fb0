using EventEngine.Web.Demo;

namespace EventEngine.Web.Tests.Demo;

public sealed class DemoTrafficTests
{
    /// <summary>Or a payload would tell of another event than the list, and a retry would publish what never died.</summary>
    [Fact]
    public void An_event_is_found_by_its_id_as_it_was_reported_whenever_the_simulation_began()
    {
        var noon = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        foreach (var app in DemoApps.All)
        {
            var (reporting, later) = (new DemoTraffic(app, noon), new DemoTraffic(app, noon.AddDays(3)));
            foreach (var reported in reporting.Minute(noon).Concat(reporting.Minute(noon.AddMinutes(1))).Where(entry => entry.Json["event_name"] is not null).GroupBy(entry => (long)entry.Json["event_id"]!))
                later.Find(reported.Key).Select(entry => entry.Json.ToJsonString()).ShouldBe(reported.Take(2).Select(entry => entry.Json.ToJsonString()));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-7)]
    [InlineData(42)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_id_of_no_event_finds_nothing(long id) => new DemoTraffic(DemoApps.All[0], DateTimeOffset.UnixEpoch).Find(id).ShouldBeEmpty();
}
