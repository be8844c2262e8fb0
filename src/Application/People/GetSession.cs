using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using MediatR;

namespace EventEngine.Application.People;

/// <summary>Who is signed in by a session, and what she may do now: her role is looked up each time, never remembered.</summary>
/// <returns>Null when the session ended or never was.</returns>
public sealed record GetSession : IRequest<SignedIn?>
{
    private static readonly TimeSpan Glance = TimeSpan.FromMinutes(1);

    /// <param name="secret">What the holder carries.</param>
    public GetSession(string secret) => Digest = SessionSecret.Digest(secret);

    /// <summary>Looks at it without counting as its use.</summary>
    public GetSession(Guid id) => Id = id;

    private byte[]? Digest { get; }

    private Guid Id { get; }

    internal sealed class Handler(ISessions sessions, IPeople people, IMediator mediator, TimeProvider time) : IRequestHandler<GetSession, SignedIn?>
    {
        public async Task<SignedIn?> Handle(GetSession query, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var session = query.Digest is { } digest ? await sessions.FindAsync(digest, now, ct) : await sessions.FindAsync(query.Id, now, ct);
            if (session is null || await people.FindAsync(session.PersonId, ct) is not { } person) return null;
            var isUsed = query.Digest is not null && session.Kind == SessionKind.Browser;
            if (isUsed && now - session.LastSeenAt > Glance)
                await sessions.SeenAsync(session.Id, now, now + OpenSession.Lifetime, ct);
            return new SignedIn(session, person, await MembershipAsync(session, ct));
        }

        private async Task<Membership?> MembershipAsync(Session session, CancellationToken ct)
        {
            try
            {
                var memberships = (await mediator.Send(new ListMemberships(session.PersonId), ct)).Value;
                var chosen = memberships.FirstOrDefault(membership => membership.Organization == session.Organization);
                return chosen ?? (session.Kind == SessionKind.Browser && memberships is [var first, ..] ? first : null);
            }
            catch (ReadModelsMissingException)
            {
                return null;
            }
        }
    }
}

/// <param name="Membership">Of the organization that the session looks at, or of another one when that ended; null: she belongs to none.</param>
public sealed record SignedIn(Session Session, Person Person, Membership? Membership);
