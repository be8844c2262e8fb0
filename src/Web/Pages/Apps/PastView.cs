using EventEngine.Application.Entries;

namespace EventEngine.Web.Pages.Apps;

/// <summary>An app as it was known at a moment; without a summary, why that can't be told.</summary>
/// <param name="Field">The moment as its field shows it, in the viewer's zone.</param>
public sealed record PastView(DateTimeOffset? At, string Field, AppSummary? Summary, Throughput? Throughput, string? Refused);
