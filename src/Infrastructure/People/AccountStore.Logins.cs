using Dapper;
using EventEngine.Application.People;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Infrastructure.People;

public sealed partial class AccountStore : IUserLoginStore<Account>
{
    private const string AddLogin = """
        insert into app.person_logins (provider, provider_key, person_id, display_name)
        values (@LoginProvider, @ProviderKey, @Id, @ProviderDisplayName) on conflict (provider, provider_key) do nothing
        """;

    private const string ByLogin = " where person_id = (select person_id from app.person_logins where provider = @provider and provider_key = @key)";

    private const string Logins = "select provider, provider_key as providerkey, display_name as displayname from app.person_logins where person_id = @Id";

    public async Task AddLoginAsync(Account user, UserLoginInfo login, CancellationToken cancellationToken)
    {
        await using var db = await dataSource.OpenConnectionAsync(cancellationToken);
        var row = new { login.LoginProvider, login.ProviderKey, user.Id, login.ProviderDisplayName };
        await db.ExecuteAsync(new CommandDefinition(AddLogin, row, cancellationToken: cancellationToken));
    }

    public async Task RemoveLoginAsync(Account user, string loginProvider, string providerKey, CancellationToken cancellationToken)
    {
        const string Sql = "delete from app.person_logins where person_id = @Id and provider = @loginProvider and provider_key = @providerKey";
        await using var db = await dataSource.OpenConnectionAsync(cancellationToken);
        await db.ExecuteAsync(new CommandDefinition(Sql, new { user.Id, loginProvider, providerKey }, cancellationToken: cancellationToken));
    }

    public async Task<IList<UserLoginInfo>> GetLoginsAsync(Account user, CancellationToken cancellationToken)
    {
        await using var db = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await db.QueryAsync<LoginRow>(new CommandDefinition(Logins, new { user.Id }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new UserLoginInfo(row.Provider, row.ProviderKey, row.DisplayName))];
    }

    public Task<Account?> FindByLoginAsync(string loginProvider, string providerKey, CancellationToken cancellationToken) =>
        FindAsync(Select + ByLogin, new { provider = loginProvider, key = providerKey }, cancellationToken);

    private sealed record LoginRow(string Provider, string ProviderKey, string? DisplayName);
}
