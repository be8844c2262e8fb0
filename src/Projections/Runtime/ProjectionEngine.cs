using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Infrastructure.Shared;
using EventEngine.Projections.Runtime.Leading;
using EventEngine.Projections.Runtime.Rebuilding;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>Runs the projections that this process leads, and stands by for the others, until it stops.</summary>
public sealed class ProjectionEngine : BackgroundService
{
    private const int ThreadsOfBuilds = 2; // one reads, one applies

    private readonly NpgsqlDataSource _dataSource;
    private readonly BackgroundPostgres _background;
    private readonly FactSource _source;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly Worker _worker = new();
    private readonly Leases _leases;
    private readonly List<ProjectionPost> _posts;

    public ProjectionEngine(
        NpgsqlDataSource dataSource, BackgroundPostgres background, IEnumerable<IProjection> projections, FactSource source, IStoreHead head, TimeProvider time, ILoggerFactory logs)
    {
        (_dataSource, _background, _source, _time, _logs) = (dataSource, background, source, time, logs);
        _leases = new Leases(dataSource, _worker, time, logs.CreateLogger<Leases>());
        _posts = [.. projections.Select(PostFor)];
        Statuses = [.. _posts.Select(post => post.Status)];
        ProjectionMetrics.ObserveLag(() => Statuses.Where(status => status.IsLed).Select(status => (status.Name, head.LagBehind(status.Position))));
    }

    public IReadOnlyList<ProjectionStatus> Statuses { get; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var distribution = new FactDistribution(_source, _time, _logs.CreateLogger<FactDistribution>());
        using var ended = new CancellationTokenSource();
        var renewing = _leases.RunAsync(ended.Token);
        foreach (var post in _posts)
        {
            if (await post.TryLeadAsync(stoppingToken) is { } queue) distribution.Join(queue);
        }

        using var comparing = new SemaphoreSlim(1, 1);
        using var scheduler = new BackgroundScheduler(ThreadsOfBuilds);
        var tools = new RebuildTools(
            _dataSource, _background.DataSource, scheduler, _source, _worker, _leases, new RebuildRows(_dataSource), comparing, _time, _logs.CreateLogger<Rebuilder>());
        var rebuilder = new Rebuilder(_posts, tools, _logs);
        await Task.WhenAll([distribution.RunAsync(stoppingToken), rebuilder.RunAsync(stoppingToken), .. _posts.Select(post => post.RunAsync(distribution.Join, stoppingToken))]);
        await ended.CancelAsync(); // only now: the last batches are still covered
        await renewing;
        await _leases.DisposeAsync();
    }

    private ProjectionPost PostFor(IProjection projection) => new(
        projection, _dataSource, _leases, new Lead(_dataSource, _time, _logs.CreateLogger<Lead>()), _time, _logs.CreateLogger<ProjectionEngine>());
}
