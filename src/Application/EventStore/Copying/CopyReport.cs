namespace EventEngine.Application.EventStore.Copying;

/// <summary>What came of a copy. <paramref name="Copied"/> counts events written in this run.</summary>
/// <param name="Renumbered">Streams whose revisions are smaller in the target: the source no longer shows their beginning.</param>
/// <param name="Surplus">Streams of which the target shows events that the source does not.</param>
public sealed record CopyReport(
    long Copied, IReadOnlyList<CategoryComparison> Categories, IReadOnlyCollection<string> Renumbered, IReadOnlyCollection<string> Surplus)
{
    public bool IsWhole => Surplus.Count == 0 && Categories.All(category => category.AreEqual);
}

/// <summary>One category on both sides; a side without it is null.</summary>
public sealed record CategoryComparison(string Category, CategoryDigest? Source, CategoryDigest? Target)
{
    public bool AreEqual => Source == Target;

    internal static IReadOnlyList<CategoryComparison> Of(IReadOnlyList<CategoryDigest> source, IReadOnlyList<CategoryDigest> target) =>
    [
        .. from category in source.Concat(target).Select(digest => digest.Category).Distinct().Order(StringComparer.Ordinal)
           select new CategoryComparison(
               category, source.FirstOrDefault(digest => digest.Category == category), target.FirstOrDefault(digest => digest.Category == category)),
    ];
}
