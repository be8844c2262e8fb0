using System.Text;
using Dapper;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace EventEngine.Infrastructure.Apps;

public sealed class ApiKeyVault(NpgsqlDataSource dataSource, IDataProtectionProvider protection) : IApiKeyVault
{
    public const string Purpose = "EventEngine.ApiKeys.v1";

    private const string Keep = """
        insert into app.api_keys (key_id, app_id, digest, ciphertext) values (@keyId, @app, @digest, @ciphertext)
        on conflict do nothing
        """;

    public async Task KeepAsync(Guid keyId, AppId app, ApiKey key, CancellationToken ct)
    {
        var ciphertext = protection.CreateProtector(Purpose).Protect(Encoding.UTF8.GetBytes(key.Secret));
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(Keep, new { keyId, app = app.Value, digest = key.Digest(), ciphertext }, cancellationToken: ct));
    }
}
