using EventEngine.Application.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>Runs all projections of this process until it stops.</summary>
public sealed class ProjectionEngine : BackgroundService
{
    private const string Schema = "views";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _dataSource;
    private readonly IReadOnlyList<IProjection> _projections;
    private readonly FactSource _source;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly ILogger<ProjectionEngine> _log;

    public ProjectionEngine(
        NpgsqlDataSource dataSource, IEnumerable<IProjection> projections, FactSource source, IStoreHead head, TimeProvider time, ILoggerFactory logs)
    {
        (_dataSource, _projections, _source, _time, _logs) = (dataSource, [.. projections], source, time, logs);
        _log = logs.CreateLogger<ProjectionEngine>();
        ProjectionMetrics.ObserveLag(() => Statuses.Select(status => (status.Name, head.LagBehind(status.Position))));
    }

    /// <summary>Those that have started, or could not.</summary>
    public IReadOnlyList<ProjectionStatus> Statuses { get; private set; } = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var runners = new List<ProjectionRunner>();
        foreach (var projection in _projections)
        {
            if (await TryStartAsync(projection, stoppingToken) is { } runner) runners.Add(runner);
        }

        using var distribution = new FactDistribution(_source, _time, _logs.CreateLogger<FactDistribution>());
        await Task.WhenAll([distribution.RunAsync(runners.Select(runner => runner.Queue), stoppingToken), .. runners.Select(runner => RunAsync(runner, stoppingToken))]);
    }

    private async Task<ProjectionRunner?> TryStartAsync(IProjection projection, CancellationToken ct)
    {
        try
        {
            var runner = await StartAsync(projection, ct);
            Statuses = [.. Statuses, runner.Status];
            return runner;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _log.LogCritical(e, "The projection {Projection} can't start", projection.Name);
            Statuses = [.. Statuses, new ProjectionStatus(projection.Name) { State = ProjectionState.Stopped, Error = e.Message }];
            return null;
        }
    }

    private async Task<ProjectionRunner> StartAsync(IProjection projection, CancellationToken ct)
    {
        var lead = new Lead(_dataSource, _time, _logs.CreateLogger<Lead>());
        while (true)
        {
            try
            {
                var (row, checkpoint) = await lead.TakeAsync(projection, Schema, ct);
                return new ProjectionRunner(projection, new ProjectionSession(_dataSource, projection.Name, row, Schema, _time), checkpoint, _time, _log);
            }
            catch (Exception e) when (Transient.Is(e))
            {
                _log.LogWarning(e, "The projection {Projection} can't start now; trying again", projection.Name);
                await Task.Delay(Pause, _time, ct);
            }
        }
    }

    // One that ends by a fault of our own must not take the others, or the host, along.
    private async Task RunAsync(ProjectionRunner runner, CancellationToken ct)
    {
        try
        {
            await Task.Run(() => runner.RunAsync(ct), CancellationToken.None);
        }
        catch (Exception e)
        {
            runner.Status.State = ProjectionState.Stopped;
            runner.Status.Error = e.Message;
            _log.LogCritical(e, "The projection {Projection} ended unexpectedly", runner.Status.Name);
        }
    }
}
