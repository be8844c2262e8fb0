using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Organizations;

namespace EventEngine.Application.Audit;

/// <param name="Type">The fact's name for programs: <c>member_invited</c>.</param>
/// <param name="PersonId">Who did it; null: a token or the operator.</param>
/// <param name="Who">As people call them.</param>
/// <param name="What">Follows <paramref name="Who"/> in a sentence.</param>
public sealed record AuditEntry(
    StorePosition Position, DateTimeOffset At, AuditKind Kind, string Type, Guid? PersonId, Guid? TokenId, string Who, string What, string? CorrelationId)
{
    internal static AuditEntry Of(AuditRecord record, AuditNames names)
    {
        var by = record.By;
        var who = by.PersonId is { } person ? names.Person(person) : by.TokenId is { } token ? $"The token {names.Token(token)}" : "The operator";
        return new AuditEntry(
            record.Position, record.Fact.At, AuditKinds.Of(record.Fact), JsonNamingPolicy.SnakeCaseLower.ConvertName(record.Fact.GetType().Name),
            by.PersonId, by.TokenId, who, AuditSentence.Of(record, names), by.CorrelationId);
    }

    /// <summary>Those who did it, and those to whom it was done.</summary>
    internal static IEnumerable<Guid> PeopleIn(AuditRecord record)
    {
        if (record.By.PersonId is { } by) yield return by;
        switch (record.Fact)
        {
            case MemberJoined fact: yield return fact.PersonId; break;
            case InvitationAccepted fact: yield return fact.PersonId; break;
            case RoleChanged fact: yield return fact.PersonId; break;
            case MemberRemoved fact: yield return fact.PersonId; break;
            case MemberLeft fact: yield return fact.PersonId; break;
            case OwnershipTransferred fact:
                yield return fact.From;
                yield return fact.To;
                break;
        }
    }
}
