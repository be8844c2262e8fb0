using EventEngine.Application.EventStore;
using EventEngine.Application.Retries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Retries;

/// <summary>One retry: how far it is, and what became of each event.</summary>
public sealed class RetryModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true, Name = "retry")]
    public string Retry { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public RetryRow Row { get; private set; } = null!;

    public Page<RetryItem> Items { get; private set; } = null!;

    public string Address => $"{Home}/retries/{RetryId:N}";

    public bool CanCancel => Row.State is RetryState.Requested or RetryState.Running or RetryState.Paused or RetryState.Offline;

    public bool CanContinue => Row.State == RetryState.Paused;

    public bool CanRetryFailed => Row is { State: RetryState.Finished, Counts.Failed: > 0 };

    /// <summary>Answers a second while it runs, or on the whole; null before there are any.</summary>
    public double? Rate => Row.StartedAt is { } began && Took is { TotalSeconds: >= 1 } took && Answered > 0 && Row.State is RetryState.Running or RetryState.Finished ? Answered / took.TotalSeconds : null;

    public TimeSpan? Took => Row.StartedAt is { } began ? (Row.FinishedAt ?? Viewer.Now) - began : null;

    private int Answered => Row.Counts.Items - Row.Counts.Requested - Row.Counts.Sending - Row.Counts.Cancelled - Row.Counts.Unreachable;

    private Guid RetryId => Guid.TryParse(Retry, out var id) ? id : throw new NotFoundException("retry");

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        Row = await AskAsync(new GetRetry(Viewer.Organization, App.Id, RetryId));
        Items = await AskAsync(new ListRetryItems(Viewer.Organization, App.Id, RetryId, Blank(State), Blank(Cursor)));
    }

    public Task<IActionResult> OnPostCancelAsync() => DoAndGoAsync(app => new CancelRetry(Viewer.Actor, app, RetryId));

    public Task<IActionResult> OnPostContinueAsync() => DoAndGoAsync(app => new ContinueRetry(Viewer.Actor, app, RetryId));

    public async Task<IActionResult> OnGetCsvAsync()
    {
        await LoadAppAsync();
        Row = await AskAsync(new GetRetry(Viewer.Organization, App.Id, RetryId));
        return new RetryCsv(cursor => AskAsync(new ListRetryItems(Viewer.Organization, App.Id, RetryId, Blank(State), cursor, Application.Shared.Page.MaxLimit)), $"retry-{RetryId:N}.csv");
    }

    private async Task<IActionResult> DoAndGoAsync(Func<Domain.Apps.AppId, IRequest<StorePosition?>> command)
    {
        await LoadAppAsync();
        await DoAsync(command(App.Id), ProjectionNames.Retries);
        return Redirect(Address);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
