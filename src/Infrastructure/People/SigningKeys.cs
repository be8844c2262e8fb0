using System.Security.Cryptography;
using Dapper;
using EventEngine.Application.People;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace EventEngine.Infrastructure.People;

/// <summary>Keys in app.signing_keys, their private halves readable only with the key ring; remembered for a few seconds.</summary>
public sealed class SigningKeys(NpgsqlDataSource dataSource, IDataProtectionProvider protection, TimeProvider time) : ISigningKeys
{
    private const long Turn = 0x45_45_4B_45_59; // advisory lock: one process makes a key at a time
    private const string Load = "select key_id as keyid, ciphertext, created_at as createdat from app.signing_keys where created_at > @since order by created_at desc";
    private static readonly TimeSpan SignsFor = TimeSpan.FromDays(90), KnownFor = SignsFor + TimeSpan.FromDays(1), Kept = TimeSpan.FromSeconds(5);
    private readonly IDataProtector _protector = protection.CreateProtector("EventEngine.SigningKeys.v1");
    private volatile Loaded? _loaded;

    public async Task<SigningKey> CurrentAsync(CancellationToken ct) => Fresh(await KnownAsync(ct)) ?? await CreateAsync(ct);

    public async Task<IReadOnlyList<SigningKey>> KnownAsync(CancellationToken ct)
    {
        if (_loaded is { } loaded && time.GetUtcNow() < loaded.Until) return loaded.Keys;
        await using var db = await dataSource.OpenConnectionAsync(ct);
        return await LoadAsync(db, ct);
    }

    private SigningKey? Fresh(IReadOnlyList<SigningKey> keys) => keys is [var newest, ..] && newest.CreatedAt > time.GetUtcNow() - SignsFor ? newest : null;

    private async Task<SigningKey> CreateAsync(CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(@Turn)", new { Turn }, transaction, cancellationToken: ct));
        if (Fresh(await LoadAsync(db, ct)) is { } made) return made;
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var row = new { id = JsonWebKey.Thumbprint(key), ciphertext = _protector.Protect(key.ExportPkcs8PrivateKey()), at = time.GetUtcNow() };
        await db.ExecuteAsync(new CommandDefinition(
            "insert into app.signing_keys (key_id, ciphertext, created_at) values (@id, @ciphertext, @at)", row, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        _loaded = null;
        return new SigningKey(row.id, key, row.at);
    }

    private async Task<IReadOnlyList<SigningKey>> LoadAsync(NpgsqlConnection db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = await db.QueryAsync<Row>(new CommandDefinition(Load, new { since = now - KnownFor }, cancellationToken: ct));
        SigningKey[] keys = [.. rows.Select(TryOpen).OfType<SigningKey>()];
        _loaded = new Loaded(keys, now + Kept);
        return keys;
    }

    private SigningKey? TryOpen(Row row)
    {
        try
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(_protector.Unprotect(row.Ciphertext), out _);
            return new SigningKey(row.KeyId, key, row.CreatedAt);
        }
        catch (CryptographicException)
        {
            return null; // the key ring was replaced: another key is made
        }
    }

    private sealed record Row(string KeyId, byte[] Ciphertext, DateTimeOffset CreatedAt);

    private sealed record Loaded(IReadOnlyList<SigningKey> Keys, DateTimeOffset Until);
}
