using EventEngine.Application.Entries;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Entries;

public sealed class EventModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true, Name = "event_id")]
    public string EventId { get; set; } = "";

    public EventDetail Detail { get; private set; } = null!;

    public EventRow Event => Detail.Event;

    /// <summary>What is known of the event besides its times; what was never reported is left out.</summary>
    public IEnumerable<(string Name, string? Value)> Fields => new (string Name, string? Value)[]
    {
        ("Event id", Event.EventId),
        ("Type", Event.EventType),
        ("Version", Event.EventVersion is { } version ? $"v{version}" : null),
        ("Idempotency key", Event.IdempotencyKey),
        ("Aggregate", Event.AggregateType is null && Event.AggregateId is null ? null : $"{Event.AggregateType} {Event.AggregateId}".Trim()),
        ("Aggregate version", Event.AggregateVersion?.ToString()),
        ("Attempts", Event.Attempts?.ToString()),
        ("Publish latency", Event.LatencyMs is null ? null : (Event.LatencyApproximate ? "≈ " : "") + Words.Ms(Event.LatencyMs)),
        ("Gem", Event.GemVersion),
    }.Where(pair => !string.IsNullOrEmpty(pair.Value));

    public IEnumerable<(string Name, DateTimeOffset? At)> Times =>
    [
        ("Occurred", Event.OccurredAt), ("Published", Event.PublishedAt), ("Dead-lettered", Event.DeadLetteredAt), ("First reported", Event.ReportedAt),
    ];

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        Detail = await AskAsync(new GetEvent(Viewer.Organization, App.Id, EventId));
    }
}
