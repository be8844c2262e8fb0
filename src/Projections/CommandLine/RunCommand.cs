using System.CommandLine;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Apps;
using EventEngine.Infrastructure.Callbacks;
using EventEngine.Infrastructure.Operations;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Infrastructure.Retries;
using EventEngine.Projections.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog.Events;

namespace EventEngine.Projections.CommandLine;

/// <summary><c>run</c>: a worker. SIGTERM lets it finish the batches at hand.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Runs all projections until it is told to stop.");
        command.SetAction(async (_, ct) =>
        {
            var builder = WorkerHost.Create(LogEventLevel.Information);
            builder.Services.AddTraceExport(builder.Configuration);
            builder.Services.AddApplication();
            builder.Services.AddProjections();
            builder.Services.AddKeyVault();
            builder.Services.AddCallbacks();
            builder.Services.AddRetries();
            builder.Services.PostConfigure<EventEngineOptions>(options => options.Projections.InProcess = true);
            using var host = builder.Build();
            await host.Services.StartPostgresAsync(ct);
            await host.RunAsync(ct);
            return 0;
        });
        return command;
    }
}
