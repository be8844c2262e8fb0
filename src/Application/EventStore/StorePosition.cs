using System.Globalization;

namespace EventEngine.Application.EventStore;

/// <summary>
/// A place in the store's one order, as EventStoreDB gives it: where the transaction was committed and where the event was prepared.
/// The embedded engine uses one number for both. Its text form is opaque to clients.
/// </summary>
public readonly record struct StorePosition(long Commit, long Prepare) : IComparable<StorePosition>
{
    public static bool operator <(StorePosition left, StorePosition right) => left.CompareTo(right) < 0;

    public static bool operator >(StorePosition left, StorePosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(StorePosition left, StorePosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StorePosition left, StorePosition right) => left.CompareTo(right) >= 0;

    public static bool TryParse(string? text, out StorePosition position)
    {
        position = default;
        var parts = text?.Split('-');
        if (parts is not [var commit, var prepare]) return false;
        if (!long.TryParse(commit, NumberStyles.None, CultureInfo.InvariantCulture, out var c)) return false;
        if (!long.TryParse(prepare, NumberStyles.None, CultureInfo.InvariantCulture, out var p)) return false;
        position = new StorePosition(c, p);
        return true;
    }

    public int CompareTo(StorePosition other) =>
        Commit != other.Commit ? Commit.CompareTo(other.Commit) : Prepare.CompareTo(other.Prepare);

    public override string ToString() => $"{Commit}-{Prepare}";
}
