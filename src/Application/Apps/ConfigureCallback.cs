using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Apps;

/// <summary>Says where an app answers when payloads are fetched or a retry is asked for.</summary>
/// <param name="Url">Null or empty: nowhere any more.</param>
/// <returns>Where it was written; null when it stood so already.</returns>
/// <exception cref="DomainException">It is no address that we would call.</exception>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record ConfigureCallback(Actor By, AppId AppId, string? Url) : IRequest<StorePosition?>
{
    internal sealed class Handler(Tenancy tenancy, IOptions<EventEngineOptions> options, TimeProvider time) : IRequestHandler<ConfigureCallback, StorePosition?>
    {
        public Task<StorePosition?> Handle(ConfigureCallback command, CancellationToken ct) => tenancy.DecideForAppAsync(
            command.By, Permission.ManageApps, command.AppId, app => app.ConfigureCallback(Parse(command.Url), time.GetUtcNow()), ct);

        private CallbackUrl? Parse(string? url) => string.IsNullOrWhiteSpace(url) ? null : CallbackUrl.Parse(url, options.Value.Outbound.PlainHttp);
    }
}
