using EventEngine.Domain.Apps;

namespace EventEngine.Application.Apps;

/// <summary>Keeps what the event store must never hold: the digest by which a key is found, and its ciphertext.</summary>
public interface IApiKeyVault
{
    /// <summary>Repeated with the same key it changes nothing.</summary>
    Task KeepAsync(Guid keyId, AppId app, ApiKey key, CancellationToken ct);

    /// <summary>The key works on no node within a second. Its digest stays, so that whoever still uses it can be told; its ciphertext goes.</summary>
    Task RevokeAsync(Guid keyId, AppId app, DateTimeOffset at, CancellationToken ct);

    /// <inheritdoc cref="RevokeAsync"/>
    Task RevokeAllAsync(AppId app, DateTimeOffset at, CancellationToken ct);

    /// <summary>Opens the ciphertext of the last of these keys that still works: for presenting it to the app that it belongs to, and for nothing else.</summary>
    /// <returns>Null when none of them has one that the key ring opens.</returns>
    Task<ApiKey?> RevealLastAsync(AppId app, IReadOnlyCollection<Guid> keys, CancellationToken ct);

    /// <summary>Remembers when keys were last used; an earlier time than the known one changes nothing.</summary>
    Task NoteUsesAsync(IReadOnlyCollection<(Guid KeyId, DateTimeOffset At)> uses, CancellationToken ct);
}
