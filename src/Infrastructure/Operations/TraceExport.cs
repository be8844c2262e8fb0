using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EventEngine.Infrastructure.Operations;

/// <summary>
/// Sends spans of requests, outgoing calls, Postgres, the event store and the projections to an OTLP collector while the host runs.
/// The exporter reads OpenTelemetry's own variables; without an endpoint nothing is sent, or made.
/// </summary>
public sealed class TraceExport : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME", DefaultService = "eventengine";
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "EventEngine.*"];

    private readonly IConfiguration _configuration;
    private TracerProvider? _provider;

    public TraceExport(IConfiguration configuration) => _configuration = configuration;

    public static bool IsAskedFor(IConfiguration configuration) =>
        configuration[Endpoint] is { Length: > 0 } || configuration[TracesEndpoint] is { Length: > 0 };

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(_configuration)) // so that settings and arguments count, not the environment alone
            .ConfigureResource(resource => resource.AddService(_configuration[ServiceName] ?? DefaultService))
            .AddSource(Sources)
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>What is still waiting is sent before the host ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => _provider?.ForceFlush(timeoutMilliseconds: 5_000), cancellationToken);

    public void Dispose() => _provider?.Dispose();
}

public static class TraceExportRegistration
{
    // .NET 10 leaves method, route and status out of a request's span unless it is told otherwise.
    private const string BareRequests = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    /// <summary>To be registered before other hosted services: it then ends after them.</summary>
    public static IServiceCollection AddTraceExport(this IServiceCollection services, IConfiguration configuration)
    {
        if (!TraceExport.IsAskedFor(configuration)) return services;
        AppContext.SetSwitch(BareRequests, false);
        return services.AddHostedService<TraceExport>();
    }
}
