namespace EventEngine.Application.Entries;

/// <summary>What became of every entry received: two independent counts, and their difference, which must be 0.</summary>
public sealed record Ledger(long Received, long Stored, long Duplicate, long Rejected, long Refused)
{
    public static Ledger Empty { get; } = new(0, 0, 0, 0, 0);

    public long Unexplained => Received - Stored - Duplicate - Rejected - Refused;

    public Ledger Plus(Ledger other) => new(
        Received + other.Received, Stored + other.Stored, Duplicate + other.Duplicate, Rejected + other.Rejected, Refused + other.Refused);
}
