using MediatR;

namespace EventEngine.Application.People;

/// <summary>Who a token speaks for, and what she may do now.</summary>
/// <returns>Null for a token that is not ours, has ended, or whose session or membership has.</returns>
public sealed record CheckToken(string Token) : IRequest<SignedIn?>
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    internal sealed class Handler(ISigningKeys keys, TokenIssuer issuer, IMediator mediator, TimeProvider time) : IRequestHandler<CheckToken, SignedIn?>
    {
        public async Task<SignedIn?> Handle(CheckToken query, CancellationToken ct)
        {
            if (Jwt.Verify(query.Token, await keys.KnownAsync(ct)) is not { } claims || !Holds(claims)) return null;
            if (!Guid.TryParseExact(claims.Jti, "N", out var id) || await mediator.Send(new GetSession(id), ct) is not { } signedIn) return null;
            var isSame = signedIn.Session.Kind == SessionKind.Token
                && signedIn.Person.Id.ToString("N") == claims.Sub && signedIn.Membership?.Organization.ToString() == claims.Org;
            return isSame ? signedIn : null;
        }

        private bool Holds(TokenClaims claims)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            return claims.Iss == issuer.Name && claims.Aud == TokenIssuer.Audience && claims.Exp > now && claims.Iat <= now + ClockSkew.TotalSeconds;
        }
    }
}
