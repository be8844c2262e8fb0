using EventEngine.Application.Shared;
using EventEngine.Infrastructure.EventStore;
using EventEngine.Infrastructure.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace EventEngine.Projections.CommandLine;

/// <summary>The same foundations and settings as the web host, without the web.</summary>
internal static class WorkerHost
{
    public static HostApplicationBuilder Create(LogEventLevel atLeast)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(
            new LoggerConfiguration()
                .Enrich.FromLogContext()
                .MinimumLevel.Is(atLeast)
                .WriteTo.Console(new JsonFormatter(renderMessage: true))
                .CreateLogger(),
            dispose: true);
        builder.Services.AddEventEngineOptions(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPostgres();
        builder.Services.AddEventStore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }
}
