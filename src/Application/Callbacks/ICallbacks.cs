using EventEngine.Domain.Apps;

namespace EventEngine.Application.Callbacks;

/// <summary>A customer's app at its callback address, called with the app's own key. Nothing that it answers is stored or logged.</summary>
public interface ICallbacks
{
    /// <summary><c>GET {callback}/cloud_api/events/{id}</c></summary>
    Task<CallbackAnswer> FetchPayloadAsync(AppId app, string eventId, CancellationToken ct);

    /// <summary><c>POST {callback}/cloud_api/events/{id}/retry</c>: asks once, and never again by itself.</summary>
    /// <param name="isTooLate">Asked right before the request goes out: true, and it does not.</param>
    Task<CallbackAnswer> RetryAsync(AppId app, string eventId, CancellationToken ct, Func<bool>? isTooLate = null);
}

/// <param name="StatusCode">Null when there was no answer.</param>
/// <param name="Body">What was answered, at most 1 MiB; empty unless the outcome is <see cref="CallbackOutcome.Answered"/>.</param>
/// <param name="Reason">What went wrong, for people: no secret, and nothing of the address beyond its host. Null when nothing did.</param>
public sealed record CallbackAnswer(CallbackOutcome Outcome, int? StatusCode, ReadOnlyMemory<byte> Body, string? Reason)
{
    /// <summary>The request may have arrived, and nobody can say what became of it.</summary>
    public bool IsUnknown => Outcome is CallbackOutcome.TimedOut or CallbackOutcome.Broken;
}

public enum CallbackOutcome
{
    /// <summary>Any 2xx.</summary>
    Answered,
    NoCallback,

    /// <summary>The app has no active key whose ciphertext we keep.</summary>
    NoKey,

    /// <summary>A private, loopback or link-local address that the operator has not allowed.</summary>
    AddressRefused,

    /// <summary>No connection came about: the request did not arrive.</summary>
    Unreachable,

    /// <summary>401 or 403.</summary>
    Unauthorized,
    NotFound,

    /// <summary>Any other status; redirects are not followed.</summary>
    Refused,

    /// <summary>No whole answer within five seconds.</summary>
    TimedOut,

    /// <summary>The connection broke after the request was under way.</summary>
    Broken,

    /// <summary>An answer of more than 1 MiB.</summary>
    TooLarge,

    /// <summary>Held up until it was too late to ask: nothing was sent.</summary>
    TooLate,
}
