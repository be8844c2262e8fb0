using EventEngine.Application.Apps;
using EventEngine.Application.Organizations;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Billing;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Pages.Shared;

/// <summary>What stands around every page: the organization, its apps with their health, and what needs action.</summary>
public sealed class Shell(IMediator mediator, Viewer viewer, IOptions<EventEngineOptions> options)
{
    public async Task<ShellState> LoadAsync(CancellationToken ct)
    {
        var organization = await mediator.Send(new GetOrganization(viewer.Organization), ct);
        var apps = await mediator.Send(new ListApps(viewer.Organization), ct);
        var pipeline = await mediator.Send(new ListProjections(), ct);
        var memberships = await mediator.Send(new ListMemberships(viewer.PersonId), ct);
        var stopped = pipeline.Value.Projections.Where(projection => projection.State == "stopped").Select(projection => projection.Name);
        return new ShellState(organization.Value.Name, memberships.Value, apps.Value, [.. stopped])
        {
            Quota = await QuotaAsync(organization.Value.Plan, ct),
            Parked = await CountParkedAsync(pipeline.Value, ct),
        };
    }

    // Operators hear of every parked event, others of their own.
    private async Task<long> CountParkedAsync(PipelineState pipeline, CancellationToken ct)
    {
        var all = pipeline.Projections.Sum(projection => projection.Parked);
        if (all == 0 || viewer.IsOperator) return all;
        return (await mediator.Send(new CountParked(viewer.Organization), ct)).Value;
    }

    private async Task<QuotaNotice?> QuotaAsync(Plan plan, CancellationToken ct)
    {
        if (options.Value.LimitsOf(plan).EventsPerMonth is not { } limit) return null;
        var month = Month.Of(viewer.Now);
        var used = await mediator.Send(new CountUsage(viewer.Organization, month.FirstDay, month.NextFirstDay), ct);
        return QuotaWarnings.Reached(used.Value, limit) is null ? null : new QuotaNotice(used.Value, limit, month);
    }
}

public sealed record ShellState(
    string Organization, IReadOnlyList<Membership> Memberships, IReadOnlyList<AppRow> Apps, IReadOnlyList<string> StoppedProjections)
{
    /// <summary>Null while there is no need to speak of it.</summary>
    public QuotaNotice? Quota { get; init; }

    /// <summary>Events that concern the viewer and are passed over.</summary>
    public long Parked { get; init; }
}

/// <summary>The plan's events of a month are nearly used up, or are.</summary>
public sealed record QuotaNotice(long Used, long Limit, Month Month)
{
    public bool IsUsedUp => Used >= Limit;
}
