using System.Security.Cryptography;
using System.Text;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.People;

/// <summary>Keeps a token, by its digest only, that reads an organization through the query API. Repeated with the same secret it changes nothing.</summary>
public sealed record IssueAccessToken(OrganizationId Organization, string Name, string Secret, DateTimeOffset? ExpiresAt = null) : IRequest
{
    public sealed class Validator : AbstractValidator<IssueAccessToken>
    {
        public Validator() => RuleFor(command => command.Secret).NotEmpty().MaximumLength(500);
    }

    internal sealed class Handler(IAccessTokens tokens, TimeProvider time) : IRequestHandler<IssueAccessToken>
    {
        public async Task<Unit> Handle(IssueAccessToken command, CancellationToken ct)
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes(command.Secret));
            await tokens.KeepAsync(command.Organization, command.Name, digest, time.GetUtcNow(), command.ExpiresAt, ct);
            return Unit.Value;
        }
    }
}

/// <summary>Where digests of access tokens are kept.</summary>
public interface IAccessTokens
{
    Task KeepAsync(OrganizationId organization, string name, byte[] digest, DateTimeOffset at, DateTimeOffset? expiresAt, CancellationToken ct);

    /// <returns>Null for a digest that is unknown or revoked; an expired one is found, and says so.</returns>
    Task<AccessToken?> FindAsync(byte[] digest, CancellationToken ct);
}

/// <summary>What a token opens, and until when; null: for good.</summary>
public sealed record AccessToken(OrganizationId Organization, DateTimeOffset? ExpiresAt);
