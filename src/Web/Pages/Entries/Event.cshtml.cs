using EventEngine.Application.Callbacks;
using EventEngine.Application.Entries;
using EventEngine.Application.Retries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Entries;

public sealed class EventModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true, Name = "event_id")]
    public string EventId { get; set; } = "";

    /// <summary>Null until somebody asks for it.</summary>
    public PayloadView? Payload { get; private set; }

    public EventDetail Detail { get; private set; } = null!;

    public EventRow Event => Detail.Event;

    /// <summary>In which retries it was, the latest first.</summary>
    public IReadOnlyList<EventRetry> Retries { get; private set; } = [];

    /// <summary>What is known of the event besides its times; what was never reported is left out.</summary>
    public IEnumerable<(string Name, string? Value)> Fields => new (string Name, string? Value)[]
    {
        ("Event id", Event.EventId),
        ("App", $"{App.Name}, {App.Environment}"),
        ("Type", Event.EventType),
        ("Version", Event.EventVersion is { } version ? $"v{version}" : null),
        ("Idempotency key", Event.IdempotencyKey),
        ("Aggregate", Event.AggregateType is null && Event.AggregateId is null ? null : $"{Event.AggregateType} {Event.AggregateId}".Trim()),
        ("Aggregate version", Event.AggregateVersion?.ToString()),
        ("Attempts", Event.Attempts?.ToString()),
        ("Publish latency", Event.LatencyMs is null ? null : (Event.LatencyApproximate ? "≈ " : "") + Words.Ms(Event.LatencyMs)),
        ("Reporter", Event.GemVersion is { } gem ? $"gem {gem}" : null),
    }.Where(pair => !string.IsNullOrEmpty(pair.Value));

    public string PayloadAddress => $"{Home}/events/{Uri.EscapeDataString(Event.EventId)}?handler=Payload";

    public IEnumerable<(string Name, DateTimeOffset? At)> Times =>
    [
        ("Occurred", Event.OccurredAt), ("Published", Event.PublishedAt), ("Dead-lettered", Event.DeadLetteredAt), ("First reported", Event.ReportedAt),
    ];

    // Routing leaves an encoded slash as it is, and an id may hold one.
    private string AskedId => EventId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long a transition took to reach us; clocks that disagree may say that it came first.</summary>
    public static string ReportedAfter(EventTransition transition) =>
        transition.ReceivedAt > transition.At ? $"reported {Words.Span(transition.ReceivedAt - transition.At)} later" : "reported at once";

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        Detail = await AskAsync(new GetEvent(Viewer.Organization, App.Id, AskedId));
        Retries = await AskAsync(new ListRetriesOfEvents(Viewer.Organization, App.Id, [Event.EventId]));
    }

    /// <summary>Answers with the payload itself: nothing could show it after a redirect without keeping it.</summary>
    public async Task<IActionResult> OnPostPayloadAsync()
    {
        var app = AppId.TryParse(Id, out var parsed) ? parsed : throw new NotFoundException("app");
        Payload = await Mediator.Send(new ViewPayload(Viewer.Actor, app, AskedId), HttpContext.RequestAborted);
        await OnGetAsync();
        return Page();
    }
}
