using Dapper;
using EventEngine.Application.People;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace EventEngine.Infrastructure.People;

/// <summary>Identity's way to people: rows of app.people. A person has no user name; her id stands in for it.</summary>
public sealed partial class AccountStore(NpgsqlDataSource dataSource, TimeProvider time) : IUserStore<Account>
{
    private const string Select = """
        select person_id as id, email, normalized_email is not null as holdsaddress, email_verified_at as emailverifiedat, name,
               password_hash as passwordhash, security_stamp as securitystamp, created_at as createdat
        from app.people
        """;

    private const string Add = """
        insert into app.people (person_id, email, normalized_email, email_verified_at, name, password_hash, security_stamp, created_at)
        values (@Id, @Email, @Normalized, @EmailVerifiedAt, @Name, @PasswordHash, @SecurityStamp, @CreatedAt)
        """;

    private const string Update = """
        update app.people set email = @Email, normalized_email = @Normalized, email_verified_at = @EmailVerifiedAt, name = @Name,
            password_hash = @PasswordHash, security_stamp = @SecurityStamp
        where person_id = @Id
        """;

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => await WriteAsync(Add, user, cancellationToken);

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => await WriteAsync(Update, user, cancellationToken);

    public async Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        await using var db = await dataSource.OpenConnectionAsync(cancellationToken);
        await db.ExecuteAsync(new CommandDefinition("delete from app.people where person_id = @Id", new { user.Id }, cancellationToken: cancellationToken));
        return IdentityResult.Success;
    }

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await FindAsync(Select + " where person_id = @id", new { id }, cancellationToken) : null;

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByIdAsync(normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString("N"));

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Id.ToString("N"));

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    private async Task<Account?> FindAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<Account>(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    private async Task<IdentityResult> WriteAsync(string sql, Account user, CancellationToken ct)
    {
        var row = new
        {
            user.Id,
            user.Email,
            Normalized = user.HoldsAddress ? Person.Normalize(user.Email) : null,
            user.EmailVerifiedAt,
            user.Name,
            user.PasswordHash,
            user.SecurityStamp,
            user.CreatedAt,
        };
        try
        {
            await using var db = await dataSource.OpenConnectionAsync(ct);
            await db.ExecuteAsync(new CommandDefinition(sql, row, cancellationToken: ct));
            return IdentityResult.Success;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return IdentityResult.Failed(AddressTaken);
        }
    }

    private static readonly IdentityError AddressTaken = new() { Code = AccountErrors.AddressTaken, Description = "Another person holds this address." };
}
