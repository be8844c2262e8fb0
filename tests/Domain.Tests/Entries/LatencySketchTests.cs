using EventEngine.Domain.Entries;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Domain.Tests.Entries;

public sealed class LatencySketchTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300);

    // Every magnitude from 0 to a year is as likely as any other.
    private static readonly Gen<long> Latency =
        from magnitude in Gen.Choose(0, 44)
        from part in Gen.Choose(0, int.MaxValue)
        select Math.Min((long)((1L << magnitude) * (1 + (part / (double)int.MaxValue))) - 1, 366L * 86_400_000_000);

    private static readonly Arbitrary<List<long>> Many = Arb.From(Latency.NonEmptyListOf());

    [Fact]
    public void Any_percentile_is_within_one_percent() =>
        Check.One(Thorough, Prop.ForAll(Many, Arb.From(Gen.Choose(0, 1000)), (latencies, permille) =>
        {
            var exact = Exact(latencies, permille / 1000d);
            Math.Abs(Of(latencies).PercentileUs(permille / 1000d)!.Value - exact).ShouldBeLessThanOrEqualTo(exact * (0.01 + 1e-12));
        }));

    [Fact]
    public void Merging_is_the_same_as_adding_together_in_any_order() =>
        Check.One(Thorough, Prop.ForAll(Many, Many, Many, (a, b, c) =>
        {
            var all = Of([.. c, .. a, .. b]).Encode();
            Merged(Of(a), Merged(Of(b), Of(c))).Encode().ShouldBe(all);
            Merged(Merged(Of(c), Of(b)), Of(a)).Encode().ShouldBe(all);
        }));

    [Fact]
    public void Taking_away_undoes_adding_also_across_sketches() =>
        Check.One(Thorough, Prop.ForAll(Many, Many, (kept, removed) =>
        {
            var corrections = new LatencySketch();
            foreach (var latency in removed) corrections.Remove(latency);
            var stored = LatencySketch.Decode(corrections.Encode());
            Merged(Of([.. kept, .. removed]), stored).Encode().ShouldBe(Of(kept).Encode());
        }));

    [Fact]
    public void What_is_stored_comes_back() =>
        Check.One(Thorough, Prop.ForAll(Many, latencies =>
        {
            var back = LatencySketch.Decode(Of(latencies).Encode());
            back.Count.ShouldBe(latencies.Count);
            back.Encode().ShouldBe(Of(latencies).Encode());
        }));

    [Fact]
    public void An_empty_one_knows_no_percentile()
    {
        new LatencySketch().PercentileUs(0.5).ShouldBeNull();
        LatencySketch.Decode(new LatencySketch().Encode()).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Zero_stays_zero_and_small_values_are_exact() => Of([0, 0, 7]).PercentileUs(1).ShouldBe(7);

    [Fact]
    public void A_dozen_latencies_take_few_bytes() =>
        Of([9_100, 9_500, 10_000, 10_200, 11_000, 12_000, 12_500, 13_000, 14_000, 15_000, 20_000, 95_000]).Encode().Length.ShouldBeLessThan(40);

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        Should.Throw<FormatException>(() => LatencySketch.Decode([]));
        Should.Throw<FormatException>(() => LatencySketch.Decode([2, 1, 1]));
        Should.Throw<FormatException>(() => LatencySketch.Decode([1, 0xFF, 0xFF, 0x7F, 2]));
        Should.Throw<FormatException>(() => LatencySketch.Decode([1, 5]));
    }

    private static LatencySketch Of(IEnumerable<long> latencies)
    {
        var sketch = new LatencySketch();
        foreach (var latency in latencies) sketch.Add(latency);
        return sketch;
    }

    private static LatencySketch Merged(LatencySketch into, LatencySketch other)
    {
        into.Merge(other);
        return into;
    }

    private static double Exact(IEnumerable<long> latencies, double fraction)
    {
        var sorted = latencies.Order().ToArray();
        var rank = fraction * (sorted.Length - 1);
        double below = sorted[(int)Math.Floor(rank)], above = sorted[(int)Math.Ceiling(rank)];
        return below + ((above - below) * (rank - Math.Floor(rank)));
    }
}
