namespace EventEngine.Web.Pages.Entries;

/// <summary>A column that sorts: by its field, the other way round when it already does.</summary>
public sealed record SortHeader(string Label, string Field, string? Sort, Func<string, string> Link, string Class = "")
{
    private const string Default = "-at";

    private string Current => string.IsNullOrEmpty(Sort) ? Default : Sort;

    public string? AriaSort => Current == Field ? "ascending" : Current == "-" + Field ? "descending" : null;

    public string Address => Link(Current == "-" + Field ? Field : "-" + Field);
}
