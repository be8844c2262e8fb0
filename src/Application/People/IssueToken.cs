using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.People;

/// <summary>Signs a program in as a person, for one of her organizations, with a token that holds for 15 minutes.</summary>
/// <param name="Organization">Its id or slug; null: the one joined first.</param>
public sealed record IssueToken(string Email, string Password, string? Organization, string Origin, string? UserAgent) : IRequest<TokenOutcome>
{
    internal sealed class Handler(PasswordCheck check, ISessions sessions, ISigningKeys keys, TokenIssuer issuer, IMediator mediator, TimeProvider time)
        : IRequestHandler<IssueToken, TokenOutcome>
    {
        public async Task<TokenOutcome> Handle(IssueToken command, CancellationToken ct)
        {
            switch (await check.TryAsync(command.Email, command.Password, command.Origin, knownPerson: null, ct))
            {
                case PasswordOutcome.Wait wait: return new TokenOutcome.Wait(wait.For);
                case PasswordOutcome.Right right: return await IssueAsync(command, right.PersonId, ct);
                default: return new TokenOutcome.Refused();
            }
        }

        private async Task<TokenOutcome> IssueAsync(IssueToken command, Guid person, CancellationToken ct)
        {
            var memberships = (await mediator.Send(new ListMemberships(person), ct)).Value;
            var organization = memberships.FirstOrDefault(membership => IsMeant(membership, command.Organization))?.Organization
                ?? throw new NotFoundException("organization");
            var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
            var until = now + TokenIssuer.Lifetime;
            var session = new Session(Guid.NewGuid(), person, organization, SessionKind.Token, command.UserAgent, now, now, until);
            await sessions.OpenAsync(session, SessionSecret.Digest(SessionSecret.Create()), ct);
            var claims = new TokenClaims(
                issuer.Name, TokenIssuer.Audience, person.ToString("N"), organization.ToString(), session.Id.ToString("N"), now.ToUnixTimeSeconds(), until.ToUnixTimeSeconds());
            return new TokenOutcome.Issued(Jwt.Sign(claims, await keys.CurrentAsync(ct)), organization);
        }

        private static bool IsMeant(Membership membership, string? asked) =>
            string.IsNullOrEmpty(asked) || membership.Slug == asked || (OrganizationId.TryParse(asked, out var id) && membership.Organization == id);
    }
}

public abstract record TokenOutcome
{
    public sealed record Issued(string Token, OrganizationId Organization) : TokenOutcome;

    public sealed record Refused : TokenOutcome;

    public sealed record Wait(TimeSpan For) : TokenOutcome;
}
