using EventEngine.Projections.Entries;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Projections.Tests.Entries;

public sealed class KnownKeysTests
{
    [Fact]
    public void It_knows_every_key_that_it_was_told() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Guid[]>(), ArbMap.Default.ArbFor<NonNull<string>[]>(), (apps, ids) =>
        {
            var keys = apps.SelectMany(app => ids.Select(id => new EntryKey(app, id.Get))).ToList();
            var known = new KnownKeys();
            keys.ForEach(known.Add);
            return keys.TrueForAll(known.MayHave);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Full_it_takes_4_in_100_others_for_known()
    {
        var (app, other) = (Guid.NewGuid(), Guid.NewGuid());
        var known = new KnownKeys();
        for (var id = 0; id < KnownKeys.Capacity; id++) known.Add(new EntryKey(app, $"{id}"));

        known.IsFull.ShouldBeTrue();
        Enumerable.Range(0, 100_000).Count(id => known.MayHave(new EntryKey(other, $"{id}"))).ShouldBeInRange(3_500, 4_700);
    }
}
