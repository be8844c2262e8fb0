using EventEngine.Application.Shared;

namespace EventEngine.Application.Entries;

/// <summary>One page after the other of the events in a scope, in one order. The work for a page is bounded, whatever is asked.</summary>
internal sealed class EventPages(ReadSnapshot db, EventScope scope, EventSort sort, EventPlace? place)
{
    private readonly EventSql _sql = scope.Sql;
    private readonly bool _backward = place?.IsBackward ?? false;

    /// <summary>Where one index serves for filter and order, rows are read in their order; else they are found first, then fetched.</summary>
    private bool IsOrderedByIndex => sort.IsByTime || scope.IsSmall;

    /// <summary>Rows are judged one after the other, and not all of them.</summary>
    private bool IsSearched => IsOrderedByIndex && scope.IsJudged;

    public async Task<EventPage> ReadAsync(int limit)
    {
        _sql.With("limit", limit + 1).With("judged", scope.AtMost);
        var sortedFrom = IsOrderedByIndex ? null : place is null ? await SortedStretch.FromAsync(db, scope) : place.SortedFrom;
        if (sortedFrom is { } since) _sql.And("at >= @sorted_from").With("sorted_from", since);
        if (place is not null) Begin(place);
        var range = IsSearched && _sql.NeedsRows ? await EndAsync() : null;
        if (range is not null) _sql.And(sort.UpTo(_backward)).With("end_at", range.At).With("end_id", range.EventId);
        var rows = await db.ListAsync<EventRow>(Sql(), _sql.Parameters);
        var end = rows.Count > limit || !IsSearched ? null : _sql.NeedsRows ? range : await EndAsync();
        return Page(rows, limit, end, sortedFrom);
    }

    private void Begin(EventPlace at)
    {
        var beyond = sort.Beyond(_backward);
        if (sort.IsByTime || !scope.IsJudged) _sql.And(beyond);
        else _sql.Judge(beyond);
        _sql.With("key", at.Key).With("key_at", at.At).With("key_id", at.EventId);
    }

    private string Sql()
    {
        var order = sort.OrderBy(_backward);
        if (IsOrderedByIndex && !scope.IsJudged) return $"select {EventSql.Columns} from {Retained.Events} where {_sql.Where} order by {order} limit @limit";
        // What has to be fetched is fetched as a range, in the order in which it lies: one by one takes too long from a cold disk.
        var found = IsSearched && !_sql.NeedsRows
            ? $"select * from (select * from {Retained.Events} where {_sql.Where} order by {order} limit @judged) as event_entries where {_sql.Judged} limit @limit"
            : $"select * from {Retained.Events} where {_sql.Where}{(scope.IsJudged ? $" and {_sql.Judged}" : "")} order by {order} limit @limit";
        return $"""
            select {EventSql.Columns}
            from (select event_id as found_id, received_on as found_on from ({found}) as event_entries) as found
            join {Retained.Events} on app_id = @app and event_id = found_id and received_on = found_on
            order by {order}
            """;
    }

    /// <summary>How far a page came that isn't full; null when it came to the end.</summary>
    private Task<EndRow?> EndAsync() => db.FindAsync<EndRow>(
        $"select at, event_id from {Retained.Events} where {_sql.Where} order by {sort.OrderBy(_backward)} offset @judged - 1 limit 1", _sql.Parameters);

    private EventPage Page(IReadOnlyList<EventRow> rows, int limit, EndRow? end, DateTimeOffset? sortedFrom)
    {
        EventRow[] items = [.. rows.Take(limit)];
        if (_backward) Array.Reverse(items);
        var beyond = end is not null ? sort.CursorAt(end.At, end.EventId, _backward)
            : rows.Count > limit ? sort.CursorAt(_backward ? items[0] : items[^1], _backward, sortedFrom)
            : null;
        var behind = place is null || items.Length == 0 ? null : sort.CursorAt(_backward ? items[^1] : items[0], !_backward, sortedFrom);
        return new EventPage(items, _backward ? behind : beyond, _backward ? beyond : behind, sortedFrom, end?.At);
    }

    private sealed record EndRow(DateTimeOffset At, string EventId);
}

/// <summary>A part of the list. The cursors are opaque, and null where it ends.</summary>
/// <param name="SortedFrom">Only events that are that old or younger were brought into this order, by their own time; null: all.</param>
/// <param name="SearchedTo">The page isn't full since only events up to here were looked through for it: the next one goes on. Null: it came to the end, or is full.</param>
public sealed record EventPage(
    IReadOnlyList<EventRow> Items, string? NextCursor, string? PreviousCursor, DateTimeOffset? SortedFrom, DateTimeOffset? SearchedTo);
