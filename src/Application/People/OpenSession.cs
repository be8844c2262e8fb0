using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.People;

/// <summary>Signs a person in who has proved herself. The session is always a new one: nobody can prepare it for her.</summary>
/// <param name="Replaced">The secret of the session that this browser had; it ends.</param>
public sealed record OpenSession(Guid PersonId, string? UserAgent, OrganizationId? Organization = null, string? Replaced = null) : IRequest<string>
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);
    private const int LongestUserAgent = 300;

    /// <returns>The session's secret, for its holder only.</returns>
    internal sealed class Handler(ISessions sessions, TimeProvider time) : IRequestHandler<OpenSession, string>
    {
        public async Task<string> Handle(OpenSession command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            if (command.Replaced is { } replaced && await sessions.FindAsync(SessionSecret.Digest(replaced), now, ct) is { } old)
                await sessions.EndAsync(old.PersonId, old.Id, ct);
            var secret = SessionSecret.Create();
            var userAgent = command.UserAgent is { Length: > LongestUserAgent } agent ? agent[..LongestUserAgent] : command.UserAgent;
            var session = new Session(
                Guid.CreateVersion7(now), command.PersonId, command.Organization, SessionKind.Browser, userAgent?.Replace("\0", ""), now, now, now + Lifetime);
            await sessions.OpenAsync(session, SessionSecret.Digest(secret), ct);
            return secret;
        }
    }
}
