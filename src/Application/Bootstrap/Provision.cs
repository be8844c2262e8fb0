using System.Security.Cryptography;
using System.Text;
using EventEngine.Application.AccessTokens;
using EventEngine.Application.Apps;
using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Bootstrap;

/// <summary>
/// Creates what the Bootstrap settings name, without a browser. Ids follow from names, so that the same settings at every start
/// create everything once.
/// </summary>
public sealed record Provision(BootstrapOptions Settings) : IRequest<Provisioned?>
{
    internal sealed class Handler(IMediator mediator) : IRequestHandler<Provision, Provisioned?>
    {
        public async Task<Provisioned?> Handle(Provision command, CancellationToken ct)
        {
            var settings = command.Settings;
            if (string.IsNullOrWhiteSpace(settings.Organization)) return null;
            var organization = new OrganizationId(IdFrom("organization", settings.Organization));
            var owner = await RegisterOwnerAsync(settings, ct);
            await mediator.Send(new CreateOrganization(organization, settings.Organization, settings.Plan, owner), ct);
            await IssueTokenAsync(organization, settings.AccessToken, ct);
            var app = await RegisterAppAsync(organization, settings, ct);
            return new Provisioned(organization, app);
        }

        private async Task<Guid?> RegisterOwnerAsync(BootstrapOptions settings, CancellationToken ct) =>
            settings is { OwnerEmail.Length: > 0, OwnerPassword.Length: > 0 }
                ? await mediator.Send(new RegisterPerson(settings.OwnerEmail, settings.OwnerPassword), ct)
                : null;

        private async Task IssueTokenAsync(OrganizationId organization, string? secret, CancellationToken ct)
        {
            if (string.IsNullOrEmpty(secret)) return;
            var id = IdFrom("token", organization.ToString(), secret);
            await mediator.Send(new IssueAccessToken(Actor.Operator(organization), id, "bootstrap", new AccessSecret(secret), [Permission.Read]), ct);
        }

        private async Task<AppId?> RegisterAppAsync(OrganizationId organization, BootstrapOptions settings, CancellationToken ct)
        {
            if (string.IsNullOrWhiteSpace(settings.App)) return null;
            var environment = string.IsNullOrWhiteSpace(settings.Environment) ? "production" : settings.Environment;
            var app = new AppId(IdFrom("app", organization.ToString(), settings.App, environment));
            await mediator.Send(new RegisterApp(Actor.Operator(organization), app, settings.App, environment), ct);
            if (settings.ApiKey is { Length: > 0 } secret)
                await mediator.Send(new IssueApiKey(Actor.Operator(organization), IdFrom("key", app.ToString(), secret), app, new ApiKey(secret)), ct);
            return app;
        }

        private static Guid IdFrom(params string[] parts) => new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts)))[..16]);
    }
}

/// <summary>What was provisioned; the app only where one was named.</summary>
public sealed record Provisioned(OrganizationId Organization, AppId? App);
