using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;
using static EventEngine.Domain.Tests.Apps.Apps;

namespace EventEngine.Domain.Tests.Apps;

public sealed class RotatingKeysTests
{
    [Fact]
    public void Given_an_app_when_a_key_is_issued_then_it_is_named_by_what_may_be_shown() =>
        Given(Registered).IssueKey(Old, "ee_live_", "abcd", Noon).ShouldBe([Issued(Old)]);

    [Fact]
    public void Given_no_app_when_a_key_is_issued_then_it_is_refused() =>
        Should.Throw<DomainException>(() => Given().IssueKey(Old, "", "", Noon)).Code.ShouldBe("app_unknown");

    [Fact]
    public void Given_a_key_when_it_is_issued_again_then_nothing_happens() => Given(Registered, Issued(Old)).IssueKey(Old, "ee_live_", "abcd", Noon).ShouldBeEmpty();

    [Fact]
    public void Given_two_active_keys_when_a_third_is_issued_then_it_is_refused() =>
        Should.Throw<DomainException>(() => Given(Registered, Issued(Old), Issued(New)).IssueKey(Guid.NewGuid(), "", "", Noon)).Code.ShouldBe("too_many_keys");

    [Fact]
    public void Given_two_keys_when_the_old_one_is_revoked_then_there_is_room_for_another()
    {
        var app = Given(Registered, Issued(Old), Issued(New));

        app.RevokeKey(Old, Noon).ShouldBe([new ApiKeyRevoked(Noon, Old)]);

        Given(Registered, Issued(Old), Issued(New), new ApiKeyRevoked(Noon, Old)).IssueKey(Guid.NewGuid(), "", "", Noon).Count.ShouldBe(1);
    }

    [Fact]
    public void Given_a_revoked_key_when_it_is_revoked_or_issued_again_then_nothing_happens()
    {
        var app = Given(Registered, Issued(Old), new ApiKeyRevoked(Noon, Old));

        app.RevokeKey(Old, Noon).ShouldBeEmpty();
        app.IssueKey(Old, "ee_live_", "abcd", Noon).ShouldBeEmpty();
    }
}
