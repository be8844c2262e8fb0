using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Retries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Retries;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Api;

/// <param name="EventIds">Exactly one of event_ids, group, groups, filter and failed_of.</param>
/// <param name="Group">Everything in the group of that fingerprint.</param>
/// <param name="Groups">Everything in any of these groups.</param>
/// <param name="Filter">Everything that meets it; an empty one: all that is dead-lettered.</param>
/// <param name="FailedOf">What that retry could not bring about.</param>
/// <param name="Name">How people find it again; by default the selection in words.</param>
/// <param name="Expected">How many the dry run counted: nothing is started when more match by now.</param>
internal sealed record NewRetryBody(
    IReadOnlyList<string>? EventIds, string? Group, IReadOnlyList<string>? Groups, RetryFilterBody? Filter, Guid? FailedOf, string? Name, int? Expected, bool DryRun = false)
{
    public RetrySelection Selection => new(EventIds, Criteria, FailedOf);

    private DeadLetterCriteria? Criteria => (Filter, Group, Groups) is (null, null, null) ? null : (Filter?.Criteria ?? new DeadLetterCriteria()) with { Group = Group, Groups = Groups };
}

internal sealed record RetryFilterBody(
    string? EventName, int? Version, string? ErrorClass, int? Attempts, int? AttemptsMax, DateTimeOffset? From, DateTimeOffset? To, string? Q)
{
    public DeadLetterCriteria Criteria => new(EventName, Version, ErrorClass, Attempts, AttemptsMax, From, To, Q);
}

internal sealed record StartedRetryBody(Guid RetryId, StorePosition? Position);

internal sealed record RetryPreviewBody(
    AsOf AsOf, int Items, bool IsTooMany, int MaxItems, IReadOnlyList<RetryNameCount> EventNames, int UnderWay, int NotDead, string? CallbackUrl, string SuggestedName, RetrySelectionKind Selection)
{
    public static RetryPreviewBody Of(Answer<RetryPreview> answer)
    {
        var preview = answer.Value;
        return new RetryPreviewBody(
            answer.AsOf, preview.Items, preview.IsTooMany, preview.MaxItems, preview.EventNames, preview.UnderWay, preview.NotDead, preview.CallbackUrl, preview.SuggestedName, preview.Selection);
    }
}

internal sealed record RetriesBody(AsOf AsOf, IReadOnlyList<RetryRow> Retries, string? NextCursor);

internal sealed record RetryBody(AsOf AsOf, RetryRow Retry);

internal sealed record RetryItemsBody(AsOf AsOf, IReadOnlyList<RetryItem> Items, string? NextCursor);

internal sealed record RetryItemParameters
{
    [Description("Only items in this state.")]
    [AllowedValues("requested", "sending", "accepted", "refused", "unconfirmed", "unreachable", "cancelled", "published", "dead_lettered")]
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [Description("next_cursor of the page before, with the same state.")]
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [Description("Items on a page.")]
    [Range(1, 500)]
    [DefaultValue(50)]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }
}
