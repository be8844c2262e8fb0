using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;

namespace EventEngine.Application.Retries;

/// <summary>A row of <c>views.retries</c> as queries read it.</summary>
internal sealed record RetrySql(
    Guid RetryId, string Name, string Selection, string? Described, Guid? PersonId, Guid? TokenId, DateTimeOffset RequestedAt, string State, string? Reason, string? Stopped,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, int Items, int Requested, int Sending, int Accepted, int Refused, int Unconfirmed, int Unreachable, int Cancelled,
    int Published, int DeadLettered)
{
    public const string Columns = """
        retry_id, name, selection, described, person_id, token_id, requested_at, state, reason, stopped, started_at, finished_at,
        items, requested, sending, accepted, refused, unconfirmed, unreachable, cancelled, published, dead_lettered
        """;

    public static async Task<IReadOnlyList<RetryRow>> NamedAsync(IReadOnlyList<RetrySql> rows, IPeople people, CancellationToken ct)
    {
        var known = await people.FindAsync([.. rows.Select(row => row.PersonId).OfType<Guid>().Distinct()], ct);
        return [.. rows.Select(row => row.ToRow(known))];
    }

    /// <summary>As it is written, and said in the API: <c>dead_lettered</c>.</summary>
    public static T Parse<T>(string word) where T : struct, Enum => Enum.Parse<T>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private RetryRow ToRow(IReadOnlyDictionary<Guid, Person> known) => new(
        RetryId, Name, Parse<RetrySelectionKind>(Selection), Described, Who(known), RequestedAt, Parse<RetryState>(State), Reason,
        Stopped is null ? null : Parse<RetryStopCause>(Stopped), StartedAt, FinishedAt,
        new RetryCounts(Items, Requested, Sending, Accepted, Refused, Unconfirmed, Unreachable, Cancelled, Published, DeadLettered));

    private string Who(IReadOnlyDictionary<Guid, Person> known)
    {
        if (PersonId is { } person) return known.TryGetValue(person, out var found) ? found.Name ?? found.Email : Member.Former;
        return TokenId is null ? "The operator" : "An access token";
    }
}
