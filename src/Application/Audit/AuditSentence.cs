using EventEngine.Application.Schemas;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Callbacks;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Audit;

/// <summary>What was done, as it follows the name of who did it.</summary>
internal static class AuditSentence
{
    public static string Of(AuditRecord record, AuditNames names) => record.Fact switch
    {
        OrganizationCreated fact => $"created the organization {fact.Name}",
        OrganizationRenamed fact => $"renamed the organization to {fact.Name}",
        OrganizationDisabled { Reason: { Length: > 0 } reason } => $"disabled the organization: {reason}",
        OrganizationDisabled => "disabled the organization",
        OrganizationEnabled => "enabled the organization",
        PlanChanged fact => $"changed the plan to {Word(fact.Plan)}",
        AccessTokenIssued fact => $"issued the access token {fact.Name} for {string.Join(", ", fact.Scopes.Select(scope => scope.Scope()))}",
        AccessTokenRevoked fact => $"revoked the access token {names.Token(fact.TokenId)}",
        _ when AuditKinds.Of(record.Fact) == AuditKind.People => OfPeople(record, names),
        _ => OfApps(record, names),
    };

    private static string OfPeople(AuditRecord record, AuditNames names) => record.Fact switch
    {
        MemberInvited fact => $"invited {names.Guest(fact.InvitationId)} as {Word(fact.Role)}",
        InvitationResent fact => $"sent the invitation of {names.Guest(fact.InvitationId)} again",
        InvitationRevoked fact => $"revoked the invitation of {names.Guest(fact.InvitationId)}",
        InvitationAccepted => "accepted an invitation",
        MemberJoined fact when fact.PersonId == record.By.PersonId => $"joined as {Word(fact.Role)}",
        MemberJoined fact => $"added {names.Person(fact.PersonId)} as {Word(fact.Role)}",
        RoleChanged fact => $"changed the role of {names.Person(fact.PersonId)} to {Word(fact.Role)}",
        MemberRemoved fact => $"removed {names.Person(fact.PersonId)}",
        MemberLeft => "left the organization",
        OwnershipTransferred fact => $"handed the organization over to {names.Person(fact.To)}",
        _ => Plain(record.Fact),
    };

    private static string OfApps(AuditRecord record, AuditNames names) => record.Fact switch
    {
        AppRegistered fact => $"registered the app {fact.Name} ({fact.Environment})",
        AppRenamed fact => $"renamed an app to {fact.Name} ({fact.Environment})",
        AppErased => $"erased what the app {names.App(record.App)} had reported",
        AppDeleted => $"deleted the app {names.App(record.App)}",
        CallbackConfigured { Url: { } url } => $"set the callback address of {names.App(record.App)} to {url}",
        CallbackConfigured => $"removed the callback address of {names.App(record.App)}",
        InFlightLimitSet fact => $"set the time after which an event of {names.App(record.App)} is overdue to {fact.Minutes} min",
        ApiKeyIssued fact => $"issued the key {names.Key(fact.KeyId)} of {names.App(record.App)}",
        ApiKeyRevoked fact => $"revoked the key {names.Key(fact.KeyId)} of {names.App(record.App)}",
        CompatibilityModeChanged { Mode: { } mode } fact => $"set the compatibility mode of {fact.EventName ?? "every event"} in {names.App(record.App)} to {ModeWords.Of(mode)}",
        CompatibilityModeChanged { EventName: { } name } => $"left the compatibility mode of {name} to {names.App(record.App)}",
        CompatibilityModeChanged => $"left the compatibility mode of {names.App(record.App)} to the default",
        PayloadViewed fact => $"looked at the payload of event {fact.EventId} of {names.App(record.App)}",
        RetryRequested fact => $"asked {names.App(record.App)} to retry {fact.Items:N0} {(fact.Items == 1 ? "event" : "events")}: {fact.Name}",
        RetryContinued fact => $"continued the retry {names.Retry(fact.RetryId)} of {names.App(record.App)}",
        RetryCancelled fact => $"cancelled the retry {names.Retry(fact.RetryId)} of {names.App(record.App)}",
        ErrorGroupResolved fact => $"resolved the group of dead letters {fact.Fingerprint} of {names.App(record.App)}",
        ErrorGroupIgnored { Until: { } until } fact => $"ignored the group of dead letters {fact.Fingerprint} of {names.App(record.App)} until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
        ErrorGroupIgnored { More: { } more } fact => $"ignored the group of dead letters {fact.Fingerprint} of {names.App(record.App)} until {more:N0} more have died",
        ErrorGroupIgnored fact => $"ignored the group of dead letters {fact.Fingerprint} of {names.App(record.App)}",
        ErrorGroupReopened fact => $"reopened the group of dead letters {fact.Fingerprint} of {names.App(record.App)}",
        _ => $"{Plain(record.Fact)}: {names.App(record.App)}",
    };

    /// <summary>Of a fact that nobody has found words for yet: its name.</summary>
    private static string Plain(IFact fact) =>
        string.Concat(fact.GetType().Name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {letter}" : $"{letter}")).ToLowerInvariant();

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
