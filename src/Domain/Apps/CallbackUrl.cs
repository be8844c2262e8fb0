using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Apps;

/// <summary>Where an app answers us. Which addresses may be called at all is judged again whenever we connect.</summary>
public sealed record CallbackUrl
{
    public const int MaxLength = 500;

    private CallbackUrl(string value) => Value = value;

    public string Value { get; }

    /// <param name="allowPlainHttp">Where the operator lets keys and payloads travel in the clear: within one machine or network.</param>
    /// <exception cref="DomainException">It is no address that we would call; the message says why.</exception>
    public static CallbackUrl Parse(string text, bool allowPlainHttp = false)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > MaxLength) throw Refused($"has more than {MaxLength} characters");
        if (trimmed.Any(char.IsControl) || !Uri.TryCreate(trimmed, UriKind.Absolute, out var uri)) throw Refused("is not an absolute address, such as https://shop.example/event_engine");
        if (uri.Scheme != Uri.UriSchemeHttps && !(allowPlainHttp && uri.Scheme == Uri.UriSchemeHttp)) throw Refused("must begin with https://");
        if (uri.Host.Length == 0) throw Refused("names no host");
        if (uri.UserInfo.Length > 0) throw Refused("must not carry a user name or password");
        if (trimmed.Contains('#')) throw Refused("must not end in a fragment (#…)");
        return new CallbackUrl(uri.AbsoluteUri);
    }

    private static DomainException Refused(string why) => new("invalid_callback", $"The callback address {why}.");
}
