using EventEngine.Application.Bootstrap;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Demo;

/// <summary>Under <c>--demo</c>: an organization with a login that is printed, and simulated apps that report through the public API.</summary>
public sealed class DemoService(
    IServiceScopeFactory scopes, IOptions<EventEngineOptions> options, IServer server, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DemoService> log)
    : BackgroundService
{
    internal const string Email = "demo@acme.example";
    private const string Organization = "Acme";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var secrets = DemoSecrets.Load(options.Value.DataDirectory);
        foreach (var app in DemoApps.All) await ProvisionAsync(app, secrets, stoppingToken);
        await StartedAsync(stoppingToken);
        var address = LocalAddress();
        Console.WriteLine($"\n  EventEngine Cloud, demo: {address}\n  Sign in as {Email} with password {secrets.Password}\n");
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var seeded = new DemoSeed(options.Value.DataDirectory);
        var began = time.GetUtcNow();
        await Task.WhenAll(DemoApps.All.Select(app =>
            ReportAsync(new DemoReporter(app, secrets.KeyOf(app), http, began, time, log), seeded.IsNeededFor(app), () => seeded.Done(app), stoppingToken)));
    }

    private async Task ReportAsync(DemoReporter reporter, bool seed, Action seeded, CancellationToken ct)
    {
        var live = reporter.RunAsync(ct);
        if (seed)
        {
            await reporter.SeedAsync(ct);
            seeded();
        }

        await live;
    }

    private async Task ProvisionAsync(DemoApp app, DemoSecrets secrets, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var settings = new BootstrapOptions
        {
            Organization = Organization,
            Plan = Plan.Enterprise,
            OwnerEmail = Email,
            OwnerPassword = secrets.Password,
            App = app.Name,
            Environment = app.Environment,
            ApiKey = secrets.KeyOf(app),
        };
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new Provision(settings), ct);
    }

    private async Task StartedAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource();
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(ct);
    }

    private string LocalAddress()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        return address.Replace("://0.0.0.0", "://localhost").Replace("://[::]", "://localhost").Replace("://+", "://localhost").Replace("://*", "://localhost");
    }
}
