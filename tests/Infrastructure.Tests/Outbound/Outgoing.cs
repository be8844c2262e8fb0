using System.Net;
using System.Net.Sockets;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.Tests.Outbound;

/// <summary>The guarded way out, with names that a test invents.</summary>
internal sealed class Outgoing : INames, IAsyncDisposable
{
    public const int Most = 1 << 20;
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, IPAddress[]> _names = [];
    private readonly HashSet<string> _never = [];

    public Outgoing(string? allowed = null)
    {
        _services = new ServiceCollection()
            .AddSingleton<INames>(this).AddSingleton(TimeProvider.System)
            .Configure<EventEngineOptions>(options => options.Outbound.AllowedNetworks = allowed)
            .AddOutbound().BuildServiceProvider();
    }

    /// <summary>What was asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    public Outgoing Naming(string host, params string[] addresses)
    {
        _names[host] = [.. addresses.Select(IPAddress.Parse)];
        return this;
    }

    /// <summary>A name for which the resolver has no answer, not even that there is none.</summary>
    public Outgoing NamingNever(string host)
    {
        _never.Add(host);
        return this;
    }

    public Task<OutboundAnswer> GetAsync(Uri address, int most = Most, CancellationToken ct = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, address), most, ct);

    public Task<OutboundAnswer> PostAsync(Uri address) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("{}") }, Most, default);

    /// <exception cref="OptionsValidationException">The settings are wrong.</exception>
    public void Check() => _ = _services.GetRequiredService<IOptions<EventEngineOptions>>().Value;

    Task<IPAddress[]> INames.FindAsync(string host, CancellationToken ct)
    {
        lock (Asked) Asked.Add(host);
        if (_never.Contains(host)) return new TaskCompletionSource<IPAddress[]>().Task.WaitAsync(ct);
        if (_names.TryGetValue(host, out var addresses)) return Task.FromResult(addresses);
        return IPAddress.TryParse(host, out var literal) ? Task.FromResult(new[] { literal }) : throw new SocketException((int)SocketError.HostNotFound);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, int most, CancellationToken ct)
    {
        using (request) return await _services.GetRequiredService<OutboundHttp>().SendAsync(request, _ => most, ct);
    }
}
