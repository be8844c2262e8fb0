using Dapper;
using EventEngine.Application.People;
using Npgsql;

namespace EventEngine.Infrastructure.People;

public sealed class People(NpgsqlDataSource dataSource) : IPeople
{
    private const string Select = "select person_id as id, email, name, email_verified_at is not null as emailverified from app.people";
    private const string ByEmail = Select + " where normalized_email = @email";
    private const string ByIds = Select + " where person_id = any(@ids)";
    private const string LastToSignUp = Select + " where upper(email) = @email order by created_at desc limit 1";

    public Task<Person?> FindByEmailAsync(string email, CancellationToken ct) => FindAsync(ByEmail, email, ct);

    public Task<Person?> FindLastToSignUpAsync(string email, CancellationToken ct) => FindAsync(LastToSignUp, email, ct);

    public async Task<Person?> FindAsync(Guid id, CancellationToken ct) => (await FindAsync([id], ct)).GetValueOrDefault(id);

    public async Task<IReadOnlyDictionary<Guid, Person>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var found = await db.QueryAsync<Person>(new CommandDefinition(ByIds, new { ids = ids.ToArray() }, cancellationToken: ct));
        return found.ToDictionary(person => person.Id);
    }

    private async Task<Person?> FindAsync(string sql, string email, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<Person>(new CommandDefinition(sql, new { email = Person.Normalize(email) }, cancellationToken: ct));
    }
}
