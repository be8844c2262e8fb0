using EventEngine.Domain.Organizations;

namespace EventEngine.Application.Organizations;

/// <summary>What the event store must never hold of an open invitation: its address, and the digest of the token in its last letter.</summary>
public interface IInvitations
{
    /// <returns>The id under which the address is kept: another one than was given when it had been invited before.</returns>
    Task<Guid> KeepAsync(Invitation invitation, byte[] digest, CancellationToken ct);

    /// <summary>From now on only the token of this digest opens it.</summary>
    /// <returns>Null when there is no such invitation, or its last letter is younger than <paramref name="pause"/>.</returns>
    Task<Invitation?> RenewAsync(OrganizationId organization, Guid id, byte[] digest, DateTimeOffset now, TimeSpan pause, CancellationToken ct);

    Task<Invitation?> FindAsync(byte[] digest, CancellationToken ct);

    Task<IReadOnlyDictionary<Guid, Invitation>> ListAsync(OrganizationId organization, CancellationToken ct);

    Task ForgetAsync(OrganizationId organization, Guid id, CancellationToken ct);
}

/// <param name="ExpiresAt">Of the token in the last letter.</param>
public sealed record Invitation(Guid Id, OrganizationId Organization, string Email, DateTimeOffset SentAt, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);
}
