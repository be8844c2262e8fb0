using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Tests.Retries;

public sealed class DecidingARetryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly Guid Mine = Guid.Parse("11111111-0000-0000-0000-000000000000"), Rivals = Guid.Parse("22222222-0000-0000-0000-000000000000");

    [Fact]
    public void The_first_ten_are_tried_before_the_rest()
    {
        var job = Given(Listed(100), new RetryTaken(Noon, Mine));

        ClaimedOf(Step(job, room: 8)).ShouldBe(Range(0, 8));
        ClaimedOf(Step(After(job, Sending(0, 8)), room: 16)).ShouldBe(Range(8, 2));
        Step(After(job, Sending(0, 10)), room: 16).ShouldBeEmpty();
    }

    [Fact]
    public void When_most_of_them_are_accepted_it_goes_on()
    {
        var job = Given(Listed(100), new RetryTaken(Noon, Mine), Sending(0, 10));

        var facts = Step(job, [.. Accepted(0, 5), .. Refused(5, 5)], room: 16);

        facts.Select(fact => fact.GetType()).ShouldBe([typeof(RetryAnswered), typeof(RetrySending)]);
        ClaimedOf(facts).ShouldBe(Range(10, 16));
    }

    [Fact]
    public void When_most_of_them_are_not_it_pauses_until_somebody_continues()
    {
        var job = Given(Listed(100), new RetryTaken(Noon, Mine), Sending(0, 10));

        var facts = Step(job, [.. Accepted(0, 4), .. Refused(4, 6)], room: 8);

        facts.Last().ShouldBe(new RetryPaused(Noon, "6 of the first 10 were not accepted."));
        var paused = After(job, [.. facts]);
        Step(paused, room: 8).ShouldBeEmpty();
        ClaimedOf(Step(After(paused, new RetryResumed(Noon)), room: 8)).ShouldBe(Range(10, 8));
    }

    [Fact]
    public void Ten_that_are_all_of_it_need_no_pause() =>
        Step(Given(Listed(10), new RetryTaken(Noon, Mine), Sending(0, 10)), [.. Refused(0, 10)], room: 8).Last().ShouldBe(new RetryFinished(Noon));

    [Fact]
    public void An_app_that_does_not_take_its_key_is_asked_no_more()
    {
        var job = Given(Listed(100), new RetryTaken(Noon, Mine), Sending(0, 8));

        Step(job, [new RetryAnswer(3, RetryOutcome.Refused, 401, "No.")], room: 8).Last().ShouldBe(new RetryPaused(Noon, "No."));
        Step(job, [new RetryAnswer(3, RetryOutcome.Blocked, null, "No address.")], room: 8).Last().ShouldBe(new RetryPaused(Noon, "No address."));
    }

    [Fact]
    public void Twenty_failures_in_a_row_are_no_accident()
    {
        var job = Given(Listed(100), new RetryTaken(Noon, Mine), Sending(0, 10), new RetryAnswered(Noon, [.. Accepted(0, 10)]), Sending(10, 20));

        Step(job, [.. Refused(10, 19)], room: 1).OfType<RetryPaused>().ShouldBeEmpty();
        Step(job, [.. Refused(10, 20)], room: 8).Last().ShouldBe(new RetryPaused(Noon, "The last 20 were not accepted."));
        Step(job, [.. Refused(10, 19), .. Accepted(29, 1)], room: 1).OfType<RetryPaused>().ShouldBeEmpty();
    }

    [Fact]
    public void What_was_surely_not_sent_is_sent_later_one_at_a_time_until_the_app_is_back()
    {
        var job = Given(Listed(20), new RetryTaken(Noon, Mine), Sending(0, 2));

        var facts = Step(job, [Away(0), Away(1)], room: 8);

        facts.OfType<RetryWentOffline>().ShouldHaveSingleItem().Reason.ShouldBe("away");
        ClaimedOf(facts).ShouldBe([0]);
        var back = Step(After(job, [.. facts]), [.. Accepted(0, 1)], room: 8);
        back.OfType<RetryCameBack>().ShouldHaveSingleItem();
        ClaimedOf(back).ShouldBe(Range(1, 8));
    }

    [Fact]
    public void An_app_that_stays_away_is_given_up()
    {
        var job = Given(Listed(20), new RetryTaken(Noon, Mine), Sending(0, 1), new RetryAnswered(Noon, [Away(0)]), new RetryWentOffline(Noon, "away"));

        Step(job, [], room: 0, at: Noon + Patience - TimeSpan.FromSeconds(1)).ShouldBeEmpty();
        Step(job, [], room: 8, at: Noon + Patience).ShouldBe([new RetryStopped(Noon + Patience, RetryStopCause.Unreachable), new RetryFinished(Noon + Patience)]);
    }

    [Fact]
    public void Once_cancelled_nothing_is_sent_and_what_is_under_way_is_still_heard()
    {
        var job = Given(Listed(100), new RetryTaken(Noon, Mine), Sending(0, 2), new RetryStopped(Noon, RetryStopCause.Cancelled));

        Step(job, [.. Accepted(0, 1)], room: 8).Single().ShouldBeOfType<RetryAnswered>();
        Step(After(job, new RetryAnswered(Noon, [.. Accepted(0, 1)])), [.. Accepted(1, 1)], room: 8).Last().ShouldBe(new RetryFinished(Noon));
    }

    [Fact]
    public void Who_takes_over_leaves_alone_what_may_have_been_sent()
    {
        var job = Given(Listed(12), new RetryTaken(Noon, Rivals), Sending(0, 8));

        var taken = After(job, [.. job.Take(Mine, Noon)]);

        taken.Sending.ShouldBeEmpty();
        ClaimedOf(Step(taken, room: 8)).ShouldBe(Range(8, 4));
        taken.Step(Rivals, [.. Accepted(0, 8)], 8, Patience, Noon).ShouldBeEmpty();
    }

    [Fact]
    public void Who_takes_over_what_was_only_waited_for_ends_it()
    {
        var job = Given(Listed(2), new RetryTaken(Noon, Rivals), Sending(0, 2));

        job.Take(Mine, Noon).ShouldBe([new RetryTaken(Noon, Mine), new RetryFinished(Noon)]);
        After(job, [.. job.Take(Mine, Noon)]).Take(Rivals, Noon).ShouldBeEmpty();
    }

    private static RetryJob Given(params IFact[] facts) => After(RetryJob.Initial, facts);

    private static RetryJob After(RetryJob job, params IFact[] facts) => facts.Aggregate(job, RetryJob.Evolve);

    private static IReadOnlyCollection<IFact> Step(RetryJob job, int room) => Step(job, [], room);

    private static IReadOnlyCollection<IFact> Step(RetryJob job, IReadOnlyCollection<RetryAnswer> answers, int room, DateTimeOffset? at = null) =>
        job.Step(Mine, answers, room, Patience, at ?? Noon);

    private static RetryItemsListed Listed(int count) => new(Noon, 0, [.. Range(0, count).Select(number => $"{number}")], ["order"], [.. Range(0, count).Select(_ => 0)]);

    private static RetrySending Sending(int first, int count) => new(Noon, [.. Range(first, count)]);

    private static IEnumerable<RetryAnswer> Accepted(int first, int count) => Range(first, count).Select(item => new RetryAnswer(item, RetryOutcome.Accepted, 202));

    private static IEnumerable<RetryAnswer> Refused(int first, int count) => Range(first, count).Select(item => new RetryAnswer(item, RetryOutcome.Refused, 409, "published"));

    private static RetryAnswer Away(int item) => new(item, RetryOutcome.Unreachable, null, "away");

    private static IEnumerable<int> ClaimedOf(IEnumerable<IFact> facts) => facts.OfType<RetrySending>().SelectMany(sending => sending.Items);

    private static IEnumerable<int> Range(int first, int count) => Enumerable.Range(first, count);
}
