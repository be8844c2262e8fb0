using System.Globalization;
using System.Text;
using EventEngine.Application.Retries;
using EventEngine.Application.Shared;
using EventEngine.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Retries;

/// <summary>The items of a retry as a file, written page by page.</summary>
internal sealed class RetryCsv(Func<string?, Task<Page<RetryItem>>> read, string name) : IActionResult
{
    private const string Head = "number,event_id,event_name,state,status_code,reason,sent_at,answered_at,confirmed_at\r\n";

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename={name}";
        await response.WriteAsync(Head);
        for (string? cursor = null; ;)
        {
            var page = await read(cursor);
            var lines = new StringBuilder();
            foreach (var item in page.Items) Append(lines, item);
            await response.WriteAsync(lines.ToString());
            if ((cursor = page.NextCursor) is null) return;
        }
    }

    private static void Append(StringBuilder lines, RetryItem item)
    {
        string?[] cells =
        [
            item.Number.ToString(CultureInfo.InvariantCulture), item.EventId, item.EventName, RetryView.Wire(item.State), item.StatusCode?.ToString(CultureInfo.InvariantCulture), item.Reason,
            Time(item.SentAt), Time(item.AnsweredAt), Time(item.ConfirmedAt),
        ];
        lines.AppendJoin(',', cells.Select(CsvCell.Of)).Append("\r\n");
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
