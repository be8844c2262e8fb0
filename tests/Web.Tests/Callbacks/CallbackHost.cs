using EventEngine.Application.Apps;
using EventEngine.Application.Callbacks;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Tests.Api;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Callbacks;

/// <summary>The whole host, allowed to call apps at 127.0.0.1.</summary>
public sealed class CallbackHost : IAsyncLifetime
{
    private readonly ApiHost _product = new()
    {
        Settings = new() { ["EventEngine:Outbound:AllowedNetworks"] = "127.0.0.1/32", ["EventEngine:Outbound:PlainHttp"] = "true" },
    };

    public ApiHost Product => _product;

    public Tenant Ours => _product.Ours;

    public ICallbacks Callbacks => _product.Services.GetRequiredService<ICallbacks>();

    public Task InitializeAsync() => _product.InitializeAsync();

    public Task DisposeAsync() => _product.DisposeAsync();

    public Task<T> SendAsync<T>(IRequest<T> request) => _product.SendAsync(request);

    /// <summary>A program that may view payloads of ours.</summary>
    public async Task<HttpClient> ViewerAsync()
    {
        var token = $"viewer-{Guid.NewGuid():N}";
        await _product.IssueTokenAsync(Ours, "viewer", token, null, Permission.Read, Permission.ViewPayloads);
        return _product.Client(token);
    }

    /// <summary>A new app of ours that answers there, and has reported these events.</summary>
    public async Task<CalledApp> AppAsync(string? callback, params string[] events)
    {
        var us = Actor.Operator(Ours.Organization);
        var app = new CalledApp(new AppId(Guid.NewGuid()), Guid.NewGuid(), new ApiKey($"ee_live_{Guid.NewGuid():N}"));
        await SendAsync(new RegisterApp(us, app.Id, $"app {app.Id}", "production"));
        await SendAsync(new IssueApiKey(us, app.KeyId, app.Id, app.Key));
        await SendAsync(new ConfigureCallback(us, app.Id, callback));
        if (events.Length == 0) return app;
        await _product.CaughtUpAsync();
        await _product.ReportAsync(app.Key, [.. events.Select(id => new { event_id = id, event_name = "order.placed", status = "published", timestamp = DateTimeOffset.UtcNow })]);
        return app;
    }
}

public sealed record CalledApp(AppId Id, Guid KeyId, ApiKey Key);
