namespace EventEngine.Application.Entries;

/// <summary>
/// What the plan of the asking organization still shows, in place of the tables themselves: every query reads rows of events and rejected
/// entries from here, so that what the plan's hours have passed is hidden at once, whether or not its day was deleted yet. An event stays
/// while anything new was heard of it in these hours. The two parameters are given to every query by
/// <see cref="Shared.ReadSnapshot"/>.
/// </summary>
internal static class Retained
{
    /// <summary>Under the name event_entries.</summary>
    public const string Events = "(select * from views.event_entries where last_reported_at >= @retained_since and received_on >= @retained_day) as event_entries";

    /// <summary>Under the name rejected_entries.</summary>
    public const string Rejected = "(select * from views.rejected_entries where received_at >= @retained_since and received_on >= @retained_day) as rejected_entries";
}
