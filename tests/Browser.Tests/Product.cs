using System.Net.Http.Headers;
using System.Net.Http.Json;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace EventEngine.Browser.Tests;

/// <summary>One host and one browser for all journeys; each journey gets a browser profile of its own.</summary>
public sealed class Product : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    public static IReadOnlyList<(int Width, ColorScheme Scheme)> Looks { get; } =
        [(1440, ColorScheme.Light), (1440, ColorScheme.Dark), (360, ColorScheme.Light), (360, ColorScheme.Dark)];

    private ProductHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ProductHost Host => _host!;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000); // the machine may be busy; what has to be quick says so itself
        _host = await ProductHost.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Headless = true,
            Args = Flags,
        });
        await ReportAsync(1, "order.placed", "published");
        await EventuallySignsIn();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
    }

    public async Task<Visit> VisitAsync(int width = 1440, ColorScheme scheme = ColorScheme.Light, string? address = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address ?? Host.Address,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        return new Visit(context, await context.NewPageAsync());
    }

    public async Task<Visit> SignedInAsync(int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var visit = await VisitAsync(width, scheme);
        await visit.SignInAsync();
        return visit;
    }

    /// <summary>As a reporter does: through the public API, with the app's key.</summary>
    public Task ReportAsync(int id, string name, string status, int latencyMs = 40, string? error = null) => PostAsync(new
    {
        event_id = id,
        event_name = name,
        event_version = 1,
        status,
        attempts = status == "dead_lettered" ? 5 : 1,
        latency_ms = latencyMs,
        error_class = error,
        error_message = error is null ? null : "It broke.",
        timestamp = DateTimeOffset.UtcNow.ToString("O"),
    });

    public async Task PostAsync(params object[] entries)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Host.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ProductHost.ApiKey);
        using var answer = await client.PostAsJsonAsync("/v1/ingest/events", new { entries });
        ((int)answer.StatusCode).ShouldBe(202, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>All that was posted before is on the pages: what journeys before this one left behind moves no number any more.</summary>
    public async Task CaughtUpAsync()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var head = await scope.ServiceProvider.GetRequiredService<IEventStore>().ReadHeadAsync();
        await Eventually.Becomes(() => scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AwaitPosition(head!.Value)));
    }

    // The membership is projected a moment after the host has provisioned it.
    private Task EventuallySignsIn() => Eventually.Becomes(async () =>
    {
        await using var visit = await VisitAsync();
        await visit.EnterAsync(ProductHost.Email, ProductHost.Password);
        return visit.Page.Url.EndsWith("/dashboard", StringComparison.Ordinal);
    });
}

[CollectionDefinition(Name)]
public sealed class ProductCollection : ICollectionFixture<Product>
{
    public const string Name = "product";
}
