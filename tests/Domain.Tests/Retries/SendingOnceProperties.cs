using EventEngine.Domain.Retries;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Domain.Tests.Retries;

/// <summary>Whatever processes begin, freeze, wake, die and take over, whatever the app answers, and whenever somebody cancels or continues.</summary>
public sealed class SendingOnceProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    private static readonly Gen<Deed> Deeds =
        from kind in Gen.Frequency((6, Gen.Constant(DeedKind.Step)), (6, Gen.Constant(DeedKind.Answer)), (2, Gen.Constant(DeedKind.Begin)), (1, Gen.Constant(DeedKind.Crash)),
            (1, Gen.Elements(DeedKind.Cancel, DeedKind.Continue, DeedKind.Continue, DeedKind.LoseClaims)))
        from runner in Gen.Choose(0, 2)
        from outcome in Gen.Frequency((5, Gen.Constant(RetryOutcome.Accepted)), (2, Gen.Elements(Enum.GetValues<RetryOutcome>())))
        from room in Gen.Choose(1, 8)
        select new Deed(kind, runner, outcome, room);

    [Fact]
    public void No_item_is_sent_twice_and_each_ends_in_exactly_one_state() =>
        Check.One(Thorough, Prop.ForAll(Arb.From(Deeds.ListOf()), Arb.From(Gen.Choose(1, 40)), (deeds, items) =>
        {
            var world = new RetryWorld(items);
            foreach (var deed in deeds) world.Do(deed);
            world.SeeToItsEnd();

            world.Sent.Values.ShouldAllBe(times => times == 1);
            world.States.Count.ShouldBe(items);
            world.States.Values.ShouldAllBe(state => state != "requested" && state != "sending");
            world.States.Where(item => item.Value is "accepted" or "refused").ShouldAllBe(item => world.Sent.ContainsKey(item.Key));
            world.States.Where(item => item.Value == "cancelled").ShouldAllBe(item => !world.Sent.ContainsKey(item.Key));
        }));
}

internal enum DeedKind
{
    Begin,
    Step,
    Answer,
    Crash,
    Cancel,
    Continue,
    LoseClaims,
}

internal sealed record Deed(DeedKind Kind, int Runner, RetryOutcome Outcome, int Room);
