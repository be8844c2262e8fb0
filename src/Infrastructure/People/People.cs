using Dapper;
using EventEngine.Application.People;
using Npgsql;

namespace EventEngine.Infrastructure.People;

public sealed class People(NpgsqlDataSource dataSource) : IPeople
{
    private const string Find = """
        select person_id as id, email, name, password_hash as passwordhash, security_stamp as securitystamp
        from app.people where normalized_email = @email
        """;

    private const string Add = """
        insert into app.people (person_id, email, normalized_email, name, password_hash, security_stamp, created_at)
        values (@Id, @Email, @Normalized, @Name, @PasswordHash, @SecurityStamp, @At) on conflict (normalized_email) do nothing
        """;

    public async Task<Person?> FindByEmailAsync(string email, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<Person>(new CommandDefinition(Find, new { email = Person.Normalize(email) }, cancellationToken: ct));
    }

    public async Task<bool> AddAsync(Person person, DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var row = new { person.Id, person.Email, Normalized = Person.Normalize(person.Email), person.Name, person.PasswordHash, person.SecurityStamp, At = at };
        return await db.ExecuteAsync(new CommandDefinition(Add, row, cancellationToken: ct)) == 1;
    }
}
