using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>What a selection comes to at this moment.</summary>
/// <param name="Items">What would be sent, in that order; one more than allowed when there are too many.</param>
/// <param name="UnderWay">Left out: they are in a retry that has not ended, or the app agreed to retry them a moment ago.</param>
/// <param name="NotDead">Left out: chosen by name, and not dead-lettered now.</param>
internal sealed record RetryChoice(AsOf AsOf, IReadOnlyList<SelectedDeadLetter> Items, int UnderWay, int NotDead)
{
    /// <summary>Of the groups that were chosen together.</summary>
    private const int MostNamed = 3;

    public static async Task<RetryChoice> MakeAsync(IMediator mediator, OrganizationId organization, AppId app, RetrySelection selection, int most, CancellationToken ct)
    {
        var ids = selection.FailedOf is { } earlier ? await mediator.Send(new ListFailedEvents(organization, app, earlier), ct) : selection.EventIds?.ToHashSet(StringComparer.Ordinal);
        var busy = await mediator.Send(new ListEventsUnderWay(organization, app), ct);
        var dead = await mediator.Send(new SelectDeadLetters(organization, app, ids, selection.Criteria ?? new DeadLetterCriteria(), selection.HeardBy, most + busy.Count + 1), ct);
        var found = dead.Value.DistinctBy(letter => letter.EventId, StringComparer.Ordinal).ToList(); // an app may use an id again after days
        var items = found.Where(letter => !busy.Contains(letter.EventId)).Take(most + 1).ToList();
        return new RetryChoice(dead.AsOf, items, found.Count(letter => busy.Contains(letter.EventId)), ids is null ? 0 : ids.Count - found.Count);
    }

    /// <summary>The selection in words, as a name for the retry.</summary>
    public string Describe(RetrySelection selection)
    {
        var classes = Items.Select(item => item.ErrorClass ?? "no class").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var most = selection.Criteria?.Groups is null ? 1 : MostNamed;
        var error = classes.Count > 0 && classes.Count <= most ? string.Join(", ", classes) : null;
        return selection switch
        {
            { EventIds.Count: 1 } => $"Event {selection.EventIds.First()}",
            { EventIds: { } ids } => error is null ? $"{ids.Count:N0} chosen events" : $"{ids.Count:N0} chosen events, {error}",
            { FailedOf: not null } => "What an earlier retry left",
            { Criteria: { } criteria } => RetryWords.Of(criteria, error),
            _ => "Retry",
        };
    }
}
