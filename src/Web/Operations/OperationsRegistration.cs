using EventEngine.Infrastructure.Operations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Serilog;
using Serilog.Formatting.Json;

namespace EventEngine.Web.Operations;

/// <summary>What an operator needs: logs, correlation ids, health, metrics, traces and a graceful end.</summary>
public static class OperationsRegistration
{
    private const string DefaultAddress = "http://localhost:5080";
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Set only when nothing else says where to listen: a configured default would beat ASPNETCORE_URLS.</summary>
    public static void AddDefaultAddress(this WebApplicationBuilder builder)
    {
        var configured = builder.Configuration["urls"] ?? builder.Configuration["http_ports"] ?? builder.Configuration["https_ports"];
        if (string.IsNullOrEmpty(configured)) builder.WebHost.UseUrls(DefaultAddress);
    }

    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(
            new LoggerConfiguration()
                .Enrich.FromLogContext()
                .WriteTo.Console(new JsonFormatter(renderMessage: true))
                .MinimumLevel.Verbose()
                .ReadFrom.Configuration(builder.Configuration)
                .CreateLogger(),
            dispose: true);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton<MetricsExposition>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: [HealthTags.Ready], timeout: HealthTimeout)
            .AddCheck<EventStoreHealth>("event_store", tags: [HealthTags.Ready], timeout: HealthTimeout)
            .AddCheck<ProjectionsHealth>("projections", timeout: HealthTimeout);
        builder.Services.AddSingleton<Subscriptions>();
        builder.Services.AddHostedService<StallWatchService>();
        builder.Services.AddTraceExport(builder.Configuration);
    }

    public static void UseOperations(this WebApplication app)
    {
        app.UseMiddleware<CorrelationId>();
        app.Services.GetRequiredService<MetricsExposition>().Start();
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(HealthTags.Ready), ResponseWriter = HealthAnswer.WriteAsync });
        app.MapHealthChecks("/health", new() { ResponseWriter = HealthAnswer.WriteAsync });
        app.MapGet("/metrics", (MetricsExposition metrics) => Results.Text(metrics.Render(), MetricsExposition.ContentType));
    }
}

/// <summary>Tags of health checks: <see cref="Ready"/> ones decide whether traffic may come.</summary>
public static class HealthTags
{
    public const string Ready = "ready";
}
