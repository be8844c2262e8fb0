using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>Gives an app a key. The secret goes to the vault first, so that a key which is known to the store can always be looked up.</summary>
/// <returns>Where it was written; null when it stood already.</returns>
/// <exception cref="DomainException">The app has two active keys already.</exception>
public sealed record IssueApiKey(Actor By, Guid KeyId, AppId AppId, ApiKey Key) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<IssueApiKey>
    {
        public Validator() => RuleFor(command => command.Key.Secret).NotEmpty().MaximumLength(500).WithName("key");
    }

    internal sealed class Handler(Tenancy tenancy, IApiKeyVault vault, TimeProvider time) : IRequestHandler<IssueApiKey, StorePosition?>
    {
        public async Task<StorePosition?> Handle(IssueApiKey command, CancellationToken ct)
        {
            var app = await tenancy.FindAppAsync(command.By, Permission.ManageApps, command.AppId, ct);
            Issue(app, command); // what is refused must not be kept: in the vault it would work
            await vault.KeepAsync(command.KeyId, command.AppId, command.Key, ct);
            try
            {
                return await tenancy.DecideForAppAsync(command.By, Permission.ManageApps, command.AppId, state => Issue(state, command), ct);
            }
            catch (Exception refusal) when (refusal is DomainException or NotFoundException or RoleNeededException or NotAMemberException)
            {
                await vault.RevokeAsync(command.KeyId, command.AppId, time.GetUtcNow(), CancellationToken.None);
                throw;
            }
        }

        private IReadOnlyCollection<IFact> Issue(App app, IssueApiKey command) =>
            app.IssueKey(command.KeyId, command.Key.Prefix, command.Key.LastFour, time.GetUtcNow());
    }
}
