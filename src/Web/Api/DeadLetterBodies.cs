using EventEngine.Application.Apps;
using EventEngine.Application.DeadLetters;
using EventEngine.Application.Deploys;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.DeadLetters;

namespace EventEngine.Web.Api;

internal sealed record DeadLettersBody(AsOf AsOf, IReadOnlyList<DeadLetter> DeadLetters, string? NextCursor, string? PreviousCursor);

/// <param name="Count">Of all pages.</param>
/// <param name="IsComplete">False: the app has more groups than the 1,000 largest, which are all that is listed.</param>
internal sealed record DeadLetterGroupsBody(
    AsOf AsOf, IReadOnlyList<DeadLetterGroup> Groups, int Count, bool IsComplete, string? NextCursor, string? PreviousCursor);

internal sealed record DeadLetterGroupBody(AsOf AsOf, DeadLetterGroup Group);

/// <param name="Until">Null: no time ends it.</param>
/// <param name="More">So many further deaths end it; null: no number does.</param>
internal sealed record IgnoreBody(DateTimeOffset? Until, int? More);

/// <param name="Version">What was deployed, such as 1.4.2.</param>
/// <param name="At">When; null: now.</param>
/// <param name="Revision">Of the source, such as a commit.</param>
/// <param name="Url">Where to read about it.</param>
internal sealed record DeployBody(string? Version, DateTimeOffset? At, string? Revision, string? Url);

internal sealed record DeploysBody(AsOf AsOf, IReadOnlyList<Deploy> Deploys);
