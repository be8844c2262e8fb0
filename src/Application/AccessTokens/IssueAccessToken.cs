using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.AccessTokens;

/// <summary>
/// Gives an organization a token for programs that ask the API. The digest is kept first, so that a token which the store knows can always
/// be looked up. It may do no more than its issuer may at that moment; it belongs to the organization from then on.
/// </summary>
/// <param name="ExpiresAt">Null: good until it is revoked.</param>
/// <exception cref="RoleNeededException">The caller may not do what one of the scopes allows.</exception>
public sealed record IssueAccessToken(
    Actor By, Guid TokenId, string Name, AccessSecret Secret, IReadOnlyCollection<Permission> Scopes, DateTimeOffset? ExpiresAt = null) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<IssueAccessToken>
    {
        public Validator()
        {
            RuleFor(command => command.Name).NotEmpty().WithMessage("A token needs a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.")
                .Must(name => name is null || StorableText.CanBeStored(name)).WithMessage("This name holds a character that no name has.");
            RuleFor(command => command.Secret.Text).NotEmpty().MaximumLength(AccessSecret.Longest).WithName("token");
            RuleForEach(command => command.Scopes).IsInEnum();
        }
    }

    internal sealed class Handler(Tenancy tenancy, IAccessTokens tokens, TimeProvider time) : IRequestHandler<IssueAccessToken, StorePosition?>
    {
        public async Task<StorePosition?> Handle(IssueAccessToken command, CancellationToken ct)
        {
            var (now, name) = (time.GetUtcNow(), command.Name.Trim());
            var state = await tenancy.PermitAsync(command.By, Permission.ManageTokens, ct);
            state.IssueToken(command.By, command.TokenId, name, command.Scopes, command.ExpiresAt, now); // refused before it opens anything
            var token = new AccessToken(
                command.TokenId, command.By.Organization, name, [.. command.Scopes.Distinct().Order()], now, command.ExpiresAt, command.By.PersonId);
            await tokens.KeepAsync(token, command.Secret.Digest(), ct);
            return await tenancy.DecideAsync(
                command.By,
                Permission.ManageTokens,
                current => current.IssueToken(command.By, command.TokenId, name, command.Scopes, command.ExpiresAt, now),
                ct);
        }
    }
}
