using EventEngine.Domain.Apps;
using EventEngine.Domain.Callbacks;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Audit;

/// <summary>What an entry of the audit is about.</summary>
public enum AuditKind
{
    Organization,
    People,
    Apps,
    Tokens,
    Retries,
}

internal static class AuditKinds
{
    public static AuditKind Of(IFact fact) => fact switch
    {
        MemberInvited or InvitationResent or InvitationRevoked or InvitationAccepted or MemberJoined or RoleChanged or MemberRemoved or MemberLeft
            or OwnershipTransferred => AuditKind.People,
        AccessTokenIssued or AccessTokenRevoked => AuditKind.Tokens,
        CompatibilityModeChanged or PayloadViewed => AuditKind.Apps,
        RetryRequested or RetryContinued or RetryCancelled => AuditKind.Retries,
        ErrorGroupResolved or ErrorGroupIgnored or ErrorGroupReopened => AuditKind.Apps,
        _ when fact.GetType().Namespace == typeof(AppRegistered).Namespace => AuditKind.Apps,
        _ => AuditKind.Organization,
    };
}
