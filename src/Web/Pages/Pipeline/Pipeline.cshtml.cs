using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Pipeline;

/// <summary>Where every projection stands, for everybody; and for operators, what they can do about it.</summary>
public sealed class PipelineModel(IMediator mediator, Viewer viewer, StallWatch stalls) : DashboardPage(mediator, viewer)
{
    /// <summary>Stands for every projection where one is named.</summary>
    public const string All = "all";

    private const long BehindMs = 5_000;
    private readonly IMediator _mediator = mediator;

    public static IReadOnlyList<(string Name, string What)> Subscriptions { get; } =
    [
        (SubscriptionNames.Head, "how far the store is, so that lag can be told"),
        (SubscriptionNames.LiveFeed, "tells open pages of every commit"),
    ];

    public PipelineState State { get; private set; } = null!;

    /// <summary>Now and formerly; empty for those who are no operators.</summary>
    public IReadOnlyList<ParkedEvent> Parked { get; private set; } = [];

    public long WorstLagMs => State.Projections.Select(projection => projection.LagMs).DefaultIfEmpty().Max();

    public async Task OnGetAsync()
    {
        State = await AskAsync(new ListProjections());
        if (Viewer.IsOperator) Parked = await _mediator.Send(new ListParkedEvents(Viewer.PersonId), HttpContext.RequestAborted);
    }

    public Task<IActionResult> OnPostRebuildAsync(string projection, bool accept) => AskForAsync(projection, name => new(name, RebuildKind.Rebuild, AcceptDifferences: accept));

    public Task<IActionResult> OnPostVerifyAsync(string projection) => AskForAsync(projection, name => new(name, RebuildKind.Verify));

    public Task<IActionResult> OnPostRollbackAsync(string projection) => AskForAsync(projection, name => new(name, RebuildKind.Rollback));

    public Task<IActionResult> OnPostDiscardAsync(string projection) => AskForAsync(projection, name => new(name, RebuildKind.Discard));

    public Task<IActionResult> OnPostCancelAsync(string projection) =>
        SendAsync(Named(projection).Select(name => new CancelRebuild(Viewer.PersonId, name)), "Nothing was going on any more.");

    public Task<IActionResult> OnPostRetryAsync(string projection) =>
        SendAsync([new RetryProjection(Viewer.PersonId, projection)], $"{projection} does not stand still any more.");

    public Task<IActionResult> OnPostParkAsync(string projection, string position, string reason) => StorePosition.TryParse(position, out var at)
        ? SendAsync([new ParkEvent(Viewer.PersonId, projection, at, reason ?? "")], $"{projection} does not stand at {at} any more; nothing was parked.")
        : Task.FromResult<IActionResult>(BadRequest());

    public Task<IActionResult> OnPostUnparkAsync(string projection, string position) => StorePosition.TryParse(position, out var at)
        ? SendAsync([new UnparkEvent(Viewer.PersonId, projection, at)], "Something is going on with this projection already, or the event is not parked any more.")
        : Task.FromResult<IActionResult>(BadRequest());

    public DateTimeOffset? StalledSince(string name) => stalls.StalledSince(name);

    public (string Word, string Tone) Health(ProjectionRow projection) => projection switch
    {
        { State: "stopped" } => ("Stopped", "bad"),
        { State: "outdated", Rebuild.IsFinished: true } => ("Waits for its new version", "bad"),
        { State: "outdated" } => ("Being rebuilt for a new version", "warn"),
        { Leader: null } => ("Nobody leads", "bad"),
        _ when StalledSince(projection.Name) is not null => ("Stalled", "bad"),
        { LagMs: > BehindMs } => ("Behind", "warn"),
        _ => ("Running", "ok"),
    };

    public static string Versions(ProjectionRow row) =>
        row.ProgramVersion is { } program && program != row.Version ? $"tables v{row.Version}, program v{program}" : $"v{row.Version}";

    /// <summary>The stream is named after a customer's app: for operators only.</summary>
    public static string Where(ProjectionRow row, bool isOperator) => row.ErrorEvent switch
    {
        null => "",
        var at when isOperator => $"At {at.Position}, number {at.Revision} of {at.Stream}: ",
        var at => $"At {at.Position}: ",
    };

    /// <summary>What was done last, in a word or two.</summary>
    public static string Short(RebuildRow rebuild) => rebuild switch
    {
        { IsFinished: false } => "Going on",
        { State: "swapped", Kind: RebuildKind.Rollback } => "Rolled back",
        { State: "swapped", Kind: RebuildKind.Upgrade } => "Upgraded",
        { State: "swapped", Kind: RebuildKind.Unpark } => "Unparked",
        { State: "swapped" } => "Swapped in",
        { State: "verified" } => "Verified, equal",
        { State: "differs" } => "Differs",
        { State: "discarded" } => "Build dropped",
        _ => $"{rebuild.Kind} {rebuild.State}",
    };

    public static string Took(RebuildRow rebuild)
    {
        if (rebuild is not { StartedAt: { } started, FinishedAt: { } finished } || rebuild.Kind == RebuildKind.Discard) return "";
        var seconds = (finished - started).TotalSeconds;
        return $", took {Words.Span(finished - started)}" + (rebuild.Applied > 0 && seconds > 0 ? $", {Words.Rate(rebuild.Applied / seconds)} events/s" : "");
    }

    public static bool IsWorthALine(RebuildRow rebuild) => rebuild is { IsFinished: false } or { State: "differs" or "failed" };

    public static string KeyOf(ParkedEvent parked) => $"{parked.Projection}-{parked.Position}{(parked.IsParked ? "" : $"-{parked.ParkedAt.ToUnixTimeMilliseconds()}")}";

    /// <summary>What is going on with the projection, or what was done last, in a sentence.</summary>
    public static string Say(RebuildRow rebuild) => rebuild.State switch
    {
        "waiting" => $"{rebuild.Kind} waits for the worker",
        "building" => $"{rebuild.Kind}: {Words.Count(rebuild.Applied)} events built, {Words.Rate(rebuild.PerSecond ?? 0)} events/s{Left(rebuild)}",
        "indexing" => $"{rebuild.Kind}: making indexes",
        "verifying" => $"{rebuild.Kind}: comparing with the live tables",
        "swapping" => $"{rebuild.Kind}: catching up to swap",
        "swapped" => $"{rebuild.Kind}: swapped in",
        "verified" when rebuild.Keep => "Built and equal, left beside",
        "verified" => "Verified: equal to what the store gives",
        "differs" when rebuild.Kind == RebuildKind.Verify => "Verified: differs from what the store gives",
        "differs" => "Built, differs from the live tables, not swapped in",
        "failed" => $"{rebuild.Kind} failed",
        _ => $"{rebuild.Kind} {rebuild.State}",
    };

    private static string Left(RebuildRow rebuild) => rebuild.SecondsLeft is { } seconds ? $", about {Words.Span(TimeSpan.FromSeconds(seconds))} left" : "";

    private static IReadOnlyList<string> Named(string projection) => projection == All ? ProjectionNames.All : [projection];

    private Task<IActionResult> AskForAsync(string projection, Func<string, RebuildRequest> request) => SendAsync(
        Named(projection).Select(name => new AskRebuild(Viewer.PersonId, request(name))),
        projection == All ? "Something is going on with all of them already; cancel that first." : "Something is going on with this projection already; cancel that first.");

    /// <param name="otherwise">What is said when there was nothing to do.</param>
    private async Task<IActionResult> SendAsync(IEnumerable<IRequest<bool>> commands, string otherwise)
    {
        var done = false;
        foreach (var command in commands) done |= await _mediator.Send(command, HttpContext.RequestAborted);
        if (!done) TempData[Notice.Key] = otherwise;
        return RedirectToPage(null);
    }
}
