using System.Security.Cryptography;
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
        insert into app.api_keys (key_id, app_id, digest, beginning_digest, ciphertext) values (@keyId, @app, @digest, @beginning, @ciphertext)
        on conflict do nothing
        """;

    private const string Revoke = """
        update app.api_keys set revoked_at = coalesce(revoked_at, @at), ciphertext = '' where app_id = @app and (@keyId is null or key_id = @keyId)
        """;

    private const string Reveal = """
        select ciphertext from app.api_keys where app_id = @app and key_id = any (@ids) and revoked_at is null and ciphertext <> ''
        order by array_position(@ids, key_id) desc
        """;

    private const string NoteUses = """
        update app.api_keys k set last_used_at = u.at from unnest(@ids, @times) as u (key_id, at)
        where k.key_id = u.key_id and (k.last_used_at is null or k.last_used_at < u.at)
        """;

    public async Task KeepAsync(Guid keyId, AppId app, ApiKey key, CancellationToken ct)
    {
        var ciphertext = protection.CreateProtector(Purpose).Protect(Encoding.UTF8.GetBytes(key.Secret));
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(Keep, new { keyId, app = app.Value, digest = key.Digest(), beginning = key.BeginningDigest(), ciphertext }, cancellationToken: ct));
    }

    public Task RevokeAsync(Guid keyId, AppId app, DateTimeOffset at, CancellationToken ct) => RevokeAsync((Guid?)keyId, app, at, ct);

    public Task RevokeAllAsync(AppId app, DateTimeOffset at, CancellationToken ct) => RevokeAsync(null, app, at, ct);

    public async Task<ApiKey?> RevealLastAsync(AppId app, IReadOnlyCollection<Guid> keys, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var kept = await db.QueryAsync<byte[]>(new CommandDefinition(Reveal, new { app = app.Value, ids = keys.ToArray() }, cancellationToken: ct));
        return kept.Select(Open).FirstOrDefault(key => key is not null);
    }

    public async Task NoteUsesAsync(IReadOnlyCollection<(Guid KeyId, DateTimeOffset At)> uses, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        var of = new { ids = uses.Select(use => use.KeyId).ToArray(), times = uses.Select(use => use.At.ToUniversalTime()).ToArray() };
        await db.ExecuteAsync(new CommandDefinition(NoteUses, of, cancellationToken: ct));
    }

    /// <returns>Null when the key ring that sealed it is gone.</returns>
    private ApiKey? Open(byte[] ciphertext)
    {
        try
        {
            return new ApiKey(Encoding.UTF8.GetString(protection.CreateProtector(Purpose).Unprotect(ciphertext)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task RevokeAsync(Guid? keyId, AppId app, DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(Revoke, new { keyId, app = app.Value, at = at.ToUniversalTime() }, cancellationToken: ct));
    }
}
