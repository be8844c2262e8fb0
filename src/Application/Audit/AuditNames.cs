using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;

namespace EventEngine.Application.Audit;

/// <summary>How those are called whom the facts name by id: people and addresses as far as they are still known.</summary>
internal sealed class AuditNames(
    IReadOnlyList<AuditRecord> records, IReadOnlyDictionary<Guid, Person> people, IReadOnlyDictionary<Guid, Invitation> invitations)
{
    private readonly Dictionary<Guid, string> _tokens = Last<string>(records, record => record.Fact is AccessTokenIssued fact ? (fact.TokenId, fact.Name) : null);
    private readonly Dictionary<Guid, string> _keys = Last<string>(records, record => record.Fact is ApiKeyIssued fact ? (fact.KeyId, $"{fact.Prefix}…{fact.LastFour}") : null);
    private readonly Dictionary<Guid, string> _retries = Last<string>(records, record => record.Fact is RetryRequested fact ? (fact.RetryId, fact.Name) : null);
    private readonly Dictionary<Guid, Guid> _guests = Last<Guid>(records, record => record.Fact is InvitationAccepted fact ? (fact.InvitationId, fact.PersonId) : null);

    private readonly Dictionary<Guid, string> _apps = Last<string>(records, record => record.Fact switch
    {
        AppRegistered fact => (record.App!.Value.Value, Described(fact.Name, fact.Environment)),
        AppRenamed fact => (record.App!.Value.Value, Described(fact.Name, fact.Environment)),
        _ => null,
    });

    public string Person(Guid id) => people.TryGetValue(id, out var person) ? person.Name ?? person.Email : Member.Former;

    public string Token(Guid id) => _tokens.GetValueOrDefault(id, "an access token");

    public string Key(Guid id) => _keys.GetValueOrDefault(id, "a key");

    public string Retry(Guid id) => _retries.GetValueOrDefault(id, "a retry");

    public string App(AppId? id) => id is { } app ? _apps.GetValueOrDefault(app.Value, "an app") : "an app";

    /// <summary>An address is forgotten when its invitation ends.</summary>
    public string Guest(Guid invitation) =>
        invitations.TryGetValue(invitation, out var open) ? open.Email : _guests.TryGetValue(invitation, out var person) ? Person(person) : "somebody";

    private static string Described(string name, string environment) => $"{name} ({environment})";

    private static Dictionary<Guid, T> Last<T>(IReadOnlyList<AuditRecord> records, Func<AuditRecord, (Guid Id, T Name)?> read)
    {
        var names = new Dictionary<Guid, T>();
        foreach (var record in records)
        {
            if (read(record) is (var id, var name)) names[id] = name;
        }

        return names;
    }
}
