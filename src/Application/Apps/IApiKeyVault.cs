using EventEngine.Domain.Apps;

namespace EventEngine.Application.Apps;

/// <summary>Keeps what the event store must never hold: the digest by which a key is found, and its ciphertext.</summary>
public interface IApiKeyVault
{
    /// <summary>Repeated with the same key it changes nothing.</summary>
    Task KeepAsync(Guid keyId, AppId app, ApiKey key, CancellationToken ct);
}
