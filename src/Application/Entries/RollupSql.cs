namespace EventEngine.Application.Entries;

/// <summary>
/// How a range is read from the rollups: whole hours from the hours where the step allows it, the rest from the minutes.
/// The series without a name is the whole app's, so that a chart of everything never adds up its event names.
/// </summary>
internal static class RollupSql
{
    // Without a parameter, so that the planner sees that the small index of whole apps serves.
    public const string WholeApp = "event_name = ''", OneName = "event_name = @name", EveryName = "event_name <> ''";

    /// <summary>Rows with their start as <c>at</c>; needs <see cref="Parameters"/>.</summary>
    public static string Rows(string columns, string series) => $"""
        (select app_id, event_name, minute as at, {columns} from views.rollup_minutes
         where app_id = any(@apps) and {series} and minute >= @from and minute < @hours_from
         union all
         select app_id, event_name, minute, {columns} from views.rollup_minutes
         where app_id = any(@apps) and {series} and minute >= @hours_to and minute < @to
         union all
         select app_id, event_name, hour, {columns} from views.rollup_hours
         where app_id = any(@apps) and {series} and hour >= @hours_from and hour < @hours_to) as rows
        """;

    public static object Parameters(ChartRange range, Guid[] apps, string? eventName = null) => new
    {
        apps,
        name = eventName,
        from = range.From,
        hours_from = range.WholeHours.From,
        hours_to = range.WholeHours.To,
        to = range.To,
        step = range.Step.Length,
    };
}
