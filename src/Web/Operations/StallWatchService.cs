using System.Diagnostics.Metrics;
using EventEngine.Application.Pipeline;
using MediatR;

namespace EventEngine.Web.Operations;

/// <summary>Looks at the projections, whichever process leads them, and says when one stands still; health and metrics say it too.</summary>
public sealed class StallWatchService : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private static readonly Meter Meter = new("EventEngine.Projections");

    private readonly IMediator _mediator;
    private readonly Subscriptions _subscriptions;
    private readonly StallWatch _watch;
    private readonly TimeProvider _time;
    private readonly ILogger<StallWatchService> _log;
    private HashSet<string> _known = [];
    private volatile IReadOnlyList<Measurement<long>> _parked = [];

    public StallWatchService(IMediator mediator, Subscriptions subscriptions, StallWatch watch, TimeProvider time, ILogger<StallWatchService> log)
    {
        (_mediator, _subscriptions, _watch, _time, _log) = (mediator, subscriptions, watch, time, log);
        Meter.CreateObservableGauge(
            "eventengine.projections.stalled",
            () => watch.Stalls.Select(stall => new Measurement<double>(stall.For.TotalSeconds, new KeyValuePair<string, object?>("projection", stall.Name))),
            "s",
            "For how long a projection or subscription has made no progress though the store has gone on");
        Meter.CreateObservableGauge("eventengine.projections.parked", () => _parked, "{event}", "Events that projections pass over, because an operator has parked them");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested) await TryLookAsync(stoppingToken);
        }
    }

    private async Task TryLookAsync(CancellationToken ct)
    {
        try
        {
            var pipeline = (await _mediator.Send(new ListProjections(), ct)).Value;
            _parked = [.. pipeline.Projections.Select(row => new Measurement<long>(row.Parked, new KeyValuePair<string, object?>("projection", row.Name)))];
            _watch.Look(pipeline.Head, pipeline.Projections);
            await _subscriptions.LookAsync(pipeline.Projections, ct);
            var stalls = _watch.Stalls;
            foreach (var stall in stalls.Where(stall => !_known.Contains(stall.Name))) _log.LogError("The {Name} stands still at {Progress}", stall.Name, stall.Progress);
            _known = [.. stalls.Select(stall => stall.Name)];
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _log.LogWarning(e, "The projections could not be looked at; trying again");
        }
        catch (Exception e)
        {
            _log.LogDebug(e, "Watching ends with the process");
        }
    }
}
