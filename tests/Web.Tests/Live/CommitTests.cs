using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Web.Live;

namespace EventEngine.Web.Tests.Live;

public sealed class CommitTests
{
    [Fact]
    public void Names_the_apps_whose_rows_changed()
    {
        var app = new AppId(Guid.NewGuid());
        var commit = Commit.Parse($$"""{"projection":"entries","position":"42-41","apps":["{{app}}"]}""");
        commit.Projection.ShouldBe("entries");
        commit.Position.ShouldBe(new StorePosition(42, 41));
        commit.Apps.ShouldBe([app]);
    }

    [Fact]
    public void A_star_means_anybody() => Commit.Parse("""{"projection":"apps","position":"1-1","apps":"*"}""").Apps.ShouldBeNull();

    [Fact]
    public void Another_form_is_refused() => Should.Throw<JsonException>(() => Commit.Parse("""{"position":"1-1"}"""));
}
