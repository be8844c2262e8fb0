using EventEngine.Application.Apps;
using EventEngine.Application.Retries;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using EventEngine.Web.Tests.Api;
using MediatR;

namespace EventEngine.Web.Tests.Retries;

/// <summary>The whole host, whose first tenant's app answers retries.</summary>
public sealed class RetryHost : IAsyncLifetime
{
    private readonly ApiHost _product = new()
    {
        Settings = new() { ["EventEngine:Outbound:AllowedNetworks"] = "127.0.0.1/32", ["EventEngine:Outbound:PlainHttp"] = "true" },
    };

    public ApiHost Product => _product;

    public Tenant Ours => _product.Ours;

    public Actor Us => Actor.Operator(Ours.Organization);

    public async Task InitializeAsync() => await _product.InitializeAsync();

    public Task DisposeAsync() => _product.DisposeAsync();

    public Task<T> SendAsync<T>(IRequest<T> request) => _product.SendAsync(request);

    /// <summary>A new app of ours with so many dead letters, numbered from 0.</summary>
    public async Task<DeadApp> DeadAppAsync(RetriedApp app, int deadLetters)
    {
        var shop = new DeadApp(new(Guid.NewGuid()), new($"ee_live_{Guid.NewGuid():N}"));
        await SendAsync(new RegisterApp(Us, shop.Id, $"app {shop.Id}", "production"));
        await SendAsync(new IssueApiKey(Us, Guid.NewGuid(), shop.Id, shop.Key));
        await SendAsync(new ConfigureCallback(Us, shop.Id, app.Address.AbsoluteUri));
        await ReportAsync(shop, Enumerable.Range(0, deadLetters).Select(id => DeadLetters.Died(id)));
        return shop;
    }

    public async Task ReportAsync(DeadApp app, IEnumerable<object> entries)
    {
        using var client = _product.Client(app.Key.Secret);
        await DeadLetters.ReportAsync(client, entries);
        await _product.CaughtUpAsync();
    }

    public async Task<Guid> StartAsync(DeadApp app, RetrySelection selection, string? name = null)
    {
        var retry = Guid.NewGuid();
        await SendAsync(new StartRetry(Us, app.Id, retry, selection, name));
        await _product.CaughtUpAsync();
        return retry;
    }

    public async Task<RetryRow> RetryAsync(DeadApp app, Guid retry) => (await SendAsync(new GetRetry(Ours.Organization, app.Id, retry))).Value;

    public async Task<RetryRow> BecomesAsync(DeadApp app, Guid retry, Func<RetryRow, bool> state, TimeSpan? patience = null)
    {
        RetryRow? row = null;
        try
        {
            await Eventually.Becomes(async () => state(row = await RetryAsync(app, retry)), patience ?? TimeSpan.FromSeconds(40));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"It stands at {row}.", e);
        }

        return row!;
    }
}

public sealed record DeadApp(Domain.Apps.AppId Id, Domain.Apps.ApiKey Key);
