using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.DeadLetters;

/// <summary>
/// The groups of an app's dead letters with how each stands. <paramref name="Sort"/> is last_at, first_at, count or ever, descending with
/// a leading dash; by default the latest death comes first.
/// </summary>
/// <param name="State">new, ongoing, resolved, regressed or ignored; open: all but resolved and ignored; all. Null: all but ignored.</param>
public sealed record ListDeadLetterGroups(
    OrganizationId Organization, AppId App, DeadLetterCriteria Criteria, string? State = null, string? Sort = null, string? Cursor = null, int Limit = 50)
    : IRequest<Answer<GroupPage>>
{
    /// <summary>Of the trend beside each group.</summary>
    public const int TrendHours = 24;

    public sealed class Validator : AbstractValidator<ListDeadLetterGroups>
    {
        public Validator()
        {
            RuleFor(query => query.Criteria).SetValidator(new DeadLetterCriteria.Validator());
            RuleFor(query => query.Limit).IsPageSize();
            RuleFor(query => query.State).Must(state => GroupFilter.Named(state) is not null).WithMessage($"state is one of {GroupFilter.Names}.");
            RuleFor(query => query.Sort).Must(sort => GroupSort.Named(sort) is not null).WithMessage($"sort is one of {GroupSort.Names}, descending with a leading dash.");
            RuleFor(query => query.Cursor).Must((query, cursor) => cursor is null || GroupSort.Named(query.Sort)!.PlaceOf(cursor) is not null)
                .When(query => GroupSort.Named(query.Sort) is not null).WithMessage("cursor is not one that this list gave in this order.");
        }
    }

    internal sealed class Handler(IMediator mediator, TimeProvider time) : IRequestHandler<ListDeadLetterGroups, Answer<GroupPage>>
    {
        public async Task<Answer<GroupPage>> Handle(ListDeadLetterGroups query, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var trendFrom = TimeStep.Hour.Floor(now).AddHours(1 - TrendHours);
            var groups = await mediator.Send(new ListErrorGroups(query.Organization, query.App, query.Criteria, trendFrom), ct);
            var decided = (await mediator.Send(new ListDecidedGroups(query.Organization, query.App), ct)).Value;
            var died = await CountSinceAsync(query, decided, ct);
            DeadLetterGroup Describe(ErrorGroup group)
            {
                var decision = decided.GetValueOrDefault(group.Fingerprint);
                var state = GroupStates.Of(decision, group.FirstAt, group.LastAt, died.GetValueOrDefault(group.Fingerprint), now);
                return DeadLetterGroup.Of(group, state, decision, trendFrom);
            }

            var filter = GroupFilter.Named(query.State)!;
            DeadLetterGroup[] all = [.. groups.Value.Groups.Select(Describe)];
            DeadLetterGroup[] kept = [.. all.Where(group => filter.Keeps(group.State))];
            var page = GroupSort.Named(query.Sort)!.Page(kept, query.Cursor, query.Limit);
            var shown = page with { Items = await WithOtherAppsAsync(query, page.Items, ct) };
            return new Answer<GroupPage>(new GroupPage(shown, kept.Length, kept.Sum(group => group.Count), groups.Value.IsComplete), groups.AsOf);
        }

        private async Task<IReadOnlyDictionary<ErrorFingerprint, long>> CountSinceAsync(
            ListDeadLetterGroups query, IReadOnlyDictionary<ErrorFingerprint, DecidedGroup> decided, CancellationToken ct)
        {
            CountedGroup[] counted = [.. from pair in decided
                                         where pair.Value is { Decision: GroupDecision.Ignored, More: not null }
                                         select new CountedGroup(pair.Key, pair.Value.At, pair.Value.More!.Value)];
            if (counted.Length == 0) return new Dictionary<ErrorFingerprint, long>();
            return (await mediator.Send(new CountDeathsSince(query.Organization, query.App, counted), ct)).Value;
        }

        private async Task<IReadOnlyList<DeadLetterGroup>> WithOtherAppsAsync(ListDeadLetterGroups query, IReadOnlyList<DeadLetterGroup> groups, CancellationToken ct)
        {
            if (groups.Count == 0) return groups;
            ErrorFingerprint[] fingerprints = [.. groups.Select(group => ErrorFingerprint.Parse(group.Fingerprint)!.Value)];
            var elsewhere = (await mediator.Send(new FindAppsOfGroups(query.Organization, fingerprints), ct)).Value
                .Where(found => found.App != query.App).ToLookup(found => found.Group.ToString(), found => found.App);
            if (elsewhere.Count == 0) return groups;
            var names = (await mediator.Send(new ListAppNames(query.Organization), ct)).Value;
            return [.. groups.Select(group => group with { AlsoIn = [.. names.Where(app => elsewhere[group.Fingerprint].Contains(app.App))] })];
        }
    }
}

/// <param name="Count">Of all pages.</param>
/// <param name="Dead">Events of all these groups that are dead-lettered now.</param>
/// <param name="IsComplete">False: the app has more groups than the 1,000 largest, which are all that is listed.</param>
public sealed record GroupPage(Page<DeadLetterGroup> Groups, int Count, long Dead, bool IsComplete);
