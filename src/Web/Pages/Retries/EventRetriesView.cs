using EventEngine.Application.Retries;

namespace EventEngine.Web.Pages.Retries;

/// <summary>The retries of one event, on the event's own page.</summary>
/// <param name="Home">Of its app.</param>
public sealed record EventRetriesView(string Home, string EventId, bool IsDead, IReadOnlyList<EventRetry> Retries);
