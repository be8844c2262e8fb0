using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventEngine.Web.Tests.Retries;

/// <summary>A customer's app that answers retries, counts them by event, and can go away and come back at its address.</summary>
public sealed class RetriedApp : IAsyncDisposable
{
    private readonly int _port = FreePort();
    private WebApplication? _app;

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    public ConcurrentDictionary<string, int> Received { get; } = new();

    /// <summary>The status of the answer, by event id; 202 unless set.</summary>
    public Func<string, int> Status { get; set; } = _ => 202;

    /// <summary>What is done before an answer.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public int Total => Received.Values.Sum();

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}").UseShutdownTimeout(TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.MapPost("/cloud_api/events/{id}/retry", async (string id) =>
        {
            Received.AddOrUpdate(id, 1, (_, times) => times + 1);
            await Before(id);
            return Results.Json(new { message = "as told" }, statusCode: Status(id));
        });
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is not { } app) return;
        _app = null;
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
