using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Tests.DeadLetters;

public sealed class TriageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly ErrorFingerprint Group = ErrorFingerprint.Of("Timeout", "no answer");
    private static readonly Guid Jo = Guid.NewGuid();

    [Fact]
    public void A_group_is_resolved_once_until_something_dies_again()
    {
        var resolved = new ErrorGroupResolved(Noon, Group.ToString(), Jo);

        Given().Resolve(Group, Noon.AddHours(-1), Jo, Noon).ShouldBe([resolved]);
        Given(resolved).Resolve(Group, Noon.AddHours(-1), Jo, Noon.AddMinutes(1)).ShouldBeEmpty();
        Given(resolved).Resolve(Group, Noon.AddMinutes(1), Jo, Noon.AddMinutes(2)).ShouldBe([resolved with { At = Noon.AddMinutes(2) }]);
    }

    [Fact]
    public void A_group_is_ignored_until_a_time_or_a_number_that_can_be_meant()
    {
        var until = Noon.AddDays(1);

        Given().Ignore(Group, until, null, Jo, Noon).ShouldBe([new ErrorGroupIgnored(Noon, Group.ToString(), Jo, until)]);
        Given(new ErrorGroupIgnored(Noon, Group.ToString(), Jo, until)).Ignore(Group, until, null, Jo, Noon.AddMinutes(1)).ShouldBeEmpty();
        Given(new ErrorGroupIgnored(Noon, Group.ToString(), Jo, More: 10)).Ignore(Group, null, 10, Jo, Noon.AddMinutes(1)).Count.ShouldBe(1, "ten more from now on");
        Should.Throw<DomainException>(() => Given().Ignore(Group, Noon, null, Jo, Noon)).Code.ShouldBe("bad_until");
        Should.Throw<DomainException>(() => Given().Ignore(Group, Noon.AddDays(367), null, Jo, Noon)).Code.ShouldBe("bad_until");
        Should.Throw<DomainException>(() => Given().Ignore(Group, null, 0, Jo, Noon)).Code.ShouldBe("bad_more");
    }

    [Fact]
    public void Only_what_was_decided_is_taken_back_and_only_of_that_group()
    {
        var other = new ErrorGroupResolved(Noon, ErrorFingerprint.Of("Other", "").ToString(), Jo);
        var resolved = new ErrorGroupResolved(Noon, Group.ToString(), Jo);
        var reopened = new ErrorGroupReopened(Noon, Group.ToString(), Jo);

        Given(other).Reopen(Group, Jo, Noon).ShouldBeEmpty();
        Given(other, resolved).Reopen(Group, Jo, Noon).ShouldBe([reopened]);
        Given(other, resolved, reopened).Reopen(Group, Jo, Noon).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-1, 0, GroupState.New)]
    [InlineData(-24, 0, GroupState.Ongoing)]
    public void An_undecided_group_is_new_for_a_day(int firstHour, int lastHour, GroupState state) =>
        GroupStates.Of(null, Noon.AddHours(firstHour), Noon.AddHours(lastHour), 0, Noon).ShouldBe(state);

    [Theory]
    [InlineData(GroupDecision.Resolved, null, null, -2, 0, GroupState.Resolved)]
    [InlineData(GroupDecision.Resolved, null, null, 0, 1, GroupState.Regressed)]
    [InlineData(GroupDecision.Ignored, null, null, 0, 9, GroupState.Ignored)]
    [InlineData(GroupDecision.Ignored, 1, null, 0, 9, GroupState.Ignored)]
    [InlineData(GroupDecision.Ignored, 0, null, 0, 9, GroupState.Ongoing)]
    [InlineData(GroupDecision.Ignored, null, 10, 0, 9, GroupState.Ignored)]
    [InlineData(GroupDecision.Ignored, null, 10, 0, 10, GroupState.Ongoing)]
    [InlineData(GroupDecision.Ignored, 1, 10, 0, 10, GroupState.Ongoing)]
    [InlineData(GroupDecision.Reopened, null, null, 0, 0, GroupState.Ongoing)]
    public void How_a_group_stands_follows_from_what_was_decided_and_what_died_since(
        GroupDecision decision, int? untilHour, int? more, int lastHour, long diedSince, GroupState state)
    {
        var decided = new DecidedGroup(decision, Noon.AddHours(-1), Jo, untilHour is { } hour ? Noon.AddHours(hour) : null, more);

        GroupStates.Of(decided, Noon.AddDays(-3), Noon.AddHours(lastHour), diedSince, Noon).ShouldBe(state);
    }

    private static Triage Given(params IFact[] facts) => facts.Aggregate(Triage.Initial, Triage.Evolve);
}
