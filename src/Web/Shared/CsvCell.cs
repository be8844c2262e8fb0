namespace EventEngine.Web.Shared;

/// <summary>One value in a file for spreadsheets. Much of it was chosen by others: a spreadsheet must not take it for a formula.</summary>
internal static class CsvCell
{
    public static string Of(string? text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? $"'{text}" : text ?? "";
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"")}\"";
    }
}
