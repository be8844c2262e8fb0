using FluentValidation;

namespace EventEngine.Application.Shared;

/// <summary>A part of a list. <see cref="NextCursor"/> is opaque, and null on the last page.</summary>
/// <param name="PreviousCursor">Null on the first page, and for lists that only go on.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, string? PreviousCursor = null);

public static class Page
{
    public const int MaxLimit = 500;

    /// <param name="rows">One more than the page holds, where there is a next page.</param>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int limit, Func<T, PageCursor> cursorAfter) =>
        rows.Count <= limit ? new Page<T>(rows, null) : new Page<T>([.. rows.Take(limit)], cursorAfter(rows[limit - 1]).ToString());

    public static IRuleBuilderOptions<T, int> IsPageSize<T>(this IRuleBuilder<T, int> rule) =>
        rule.InclusiveBetween(1, MaxLimit).WithMessage($"limit lies between 1 and {MaxLimit}.");
}
