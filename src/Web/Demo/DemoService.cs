using EventEngine.Application.Apps;
using EventEngine.Application.Bootstrap;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Demo;

/// <summary>Under <c>--demo</c>: an organization with a login that is printed, and simulated apps that report through the public API.</summary>
internal sealed class DemoService(
    IServiceScopeFactory scopes, IOptions<EventEngineOptions> options, IServer server, IHostApplicationLifetime lifetime, DemoDesks desks, TimeProvider time, ILogger<DemoService> log)
    : BackgroundService
{
    internal const string Email = "demo@acme.example";
    private const string Organization = "Acme";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var secrets = DemoSecrets.Load(options.Value.DataDirectory);
        var apps = new Dictionary<DemoApp, Provisioned>();
        foreach (var app in DemoApps.All) apps[app] = await ProvisionAsync(app, secrets, stoppingToken);
        await StartedAsync(stoppingToken);
        var address = LocalAddress();
        foreach (var (app, provisioned) in apps) await AnswerAsync(app, provisioned, address, stoppingToken);
        Console.WriteLine($"\n  EventEngine Cloud, demo: {address}\n  Sign in as {Email} with password {secrets.Password}\n");
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var seeded = new DemoSeed(options.Value.DataDirectory);
        var began = time.GetUtcNow();
        await Task.WhenAll(DemoApps.All.Select(app =>
        {
            var reporter = new DemoReporter(app, apps[app].App!.Value, secrets.KeyOf(app), http, began, time, log);
            desks[app.Name] = new DemoDesk(secrets.KeyOf(app), new DemoOutbox(new DemoTraffic(app, began), reporter.Report, time));
            return ReportAsync(reporter, seeded.IsNeededFor(app), () => seeded.Done(app), stoppingToken);
        }));
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

    /// <summary>The app is called where this host listens: another address at another start is another callback address.</summary>
    private async Task AnswerAsync(DemoApp app, Provisioned provisioned, string address, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var callback = new ConfigureCallback(Actor.Operator(provisioned.Organization), provisioned.App!.Value, $"{address}{DemoCallbacks.Path}/{app.Name}");
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(callback, ct);
    }

    private async Task<Provisioned> ProvisionAsync(DemoApp app, DemoSecrets secrets, CancellationToken ct)
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
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new Provision(settings), ct))!;
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
