using EventEngine.Domain.Organizations;

namespace EventEngine.Application.People;

/// <summary>Somebody's being signed in, somewhere. Ending it ends everything that leans on it at once.</summary>
/// <param name="Organization">The one that the person chose to look at; null: none yet.</param>
public sealed record Session(
    Guid Id, Guid PersonId, OrganizationId? Organization, SessionKind Kind, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt);

public enum SessionKind
{
    /// <summary>Of a browser, by cookie.</summary>
    Browser,

    /// <summary>Of a program, by a token from /api/v1/auth/token.</summary>
    Token,
}

/// <summary>Where sessions are kept. The secret of one is known to its holder only; here is its digest.</summary>
public interface ISessions
{
    Task OpenAsync(Session session, byte[] digest, CancellationToken ct);

    /// <returns>Null when it ended.</returns>
    Task<Session?> FindAsync(byte[] digest, DateTimeOffset now, CancellationToken ct);

    /// <inheritdoc cref="FindAsync(byte[], DateTimeOffset, CancellationToken)"/>
    Task<Session?> FindAsync(Guid id, DateTimeOffset now, CancellationToken ct);

    /// <returns>A person's that have not ended, the one used last at the head.</returns>
    Task<IReadOnlyList<Session>> ListAsync(Guid person, DateTimeOffset now, CancellationToken ct);

    Task SeenAsync(Guid id, DateTimeOffset at, DateTimeOffset expiresAt, CancellationToken ct);

    Task SwitchAsync(Guid id, OrganizationId organization, CancellationToken ct);

    /// <summary>Ends one session of a person, wherever it is; somebody else's is left alone.</summary>
    Task EndAsync(Guid person, Guid id, CancellationToken ct);

    /// <summary>Ends all sessions of a person but one.</summary>
    Task EndAllAsync(Guid person, Guid? except, CancellationToken ct);
}
