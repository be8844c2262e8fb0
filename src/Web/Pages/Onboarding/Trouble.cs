using EventEngine.Application.Entries;
using EventEngine.Application.Ingestion;

namespace EventEngine.Web.Pages.Onboarding;

/// <summary>Why something of an app did not get through.</summary>
public sealed record Trouble(DateTimeOffset At, string Kind, string Words, long Count)
{
    public static Trouble Of(RefusedRequest request) => new(request.LastAt, request.Reason, request.Message, request.Count);

    public static Trouble Of(RejectedEntry entry) => new(entry.ReceivedAt, "rejected_entry", $"Entry {entry.Index + 1} rejected: {entry.Reason}", 1);
}
