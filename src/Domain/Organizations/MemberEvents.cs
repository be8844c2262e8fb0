using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Organizations;

// Storage format, version with care. An invitation is named by id: the address it went to is kept outside the store.

[FactType("MemberInvited.v1")]
public sealed record MemberInvited(DateTimeOffset At, Guid InvitationId, Role Role) : IFact;

[FactType("InvitationResent.v1")]
public sealed record InvitationResent(DateTimeOffset At, Guid InvitationId) : IFact;

[FactType("InvitationRevoked.v1")]
public sealed record InvitationRevoked(DateTimeOffset At, Guid InvitationId) : IFact;

/// <summary>Stands before the <see cref="MemberJoined"/> that it leads to.</summary>
[FactType("InvitationAccepted.v1")]
public sealed record InvitationAccepted(DateTimeOffset At, Guid InvitationId, Guid PersonId) : IFact;

[FactType("MemberJoined.v1")]
public sealed record MemberJoined(DateTimeOffset At, Guid PersonId, Role Role) : IFact;

[FactType("RoleChanged.v1")]
public sealed record RoleChanged(DateTimeOffset At, Guid PersonId, Role Role) : IFact;

[FactType("MemberRemoved.v1")]
public sealed record MemberRemoved(DateTimeOffset At, Guid PersonId) : IFact;

[FactType("MemberLeft.v1")]
public sealed record MemberLeft(DateTimeOffset At, Guid PersonId) : IFact;

/// <summary>The new owner takes the old one's place, who becomes an admin.</summary>
[FactType("OwnershipTransferred.v1")]
public sealed record OwnershipTransferred(DateTimeOffset At, Guid From, Guid To) : IFact;
