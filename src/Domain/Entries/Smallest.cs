namespace EventEngine.Domain.Entries;

/// <summary>The rule for fields that repetitions disagree about: the smallest value that is known. Strings compare by code unit.</summary>
internal static class Smallest
{
    public static T? Of<T>(T? left, T? right) where T : struct, IComparable<T>
    {
        if (left is not { } a) return right;
        return right is { } b && b.CompareTo(a) < 0 ? right : left;
    }

    public static string? Of(string? left, string? right)
    {
        if (left is null) return right;
        return right is not null && string.CompareOrdinal(right, left) < 0 ? right : left;
    }
}
