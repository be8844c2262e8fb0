using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>Gives an app a key. The secret goes to the vault first, so that a key which is known to the store can always be looked up.</summary>
/// <returns>Where it was written; null when it stood already.</returns>
public sealed record IssueApiKey(Guid KeyId, AppId AppId, ApiKey Key) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<IssueApiKey>
    {
        public Validator() => RuleFor(command => command.Key.Secret).NotEmpty().MaximumLength(500).WithName("key");
    }

    internal sealed class Handler(IEventStore store, IApiKeyVault vault, TimeProvider time) : IRequestHandler<IssueApiKey, StorePosition?>
    {
        public async Task<StorePosition?> Handle(IssueApiKey command, CancellationToken ct)
        {
            await vault.KeepAsync(command.KeyId, command.AppId, command.Key, ct);
            var appended = await store.DecideAsync(
                StreamName.App(command.AppId),
                App.Initial,
                App.Evolve,
                state => state.IssueKey(command.KeyId, command.Key.Prefix, command.Key.LastFour, time.GetUtcNow()),
                ct: ct);
            return appended?.Position;
        }
    }
}
