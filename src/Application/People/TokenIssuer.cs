using EventEngine.Application.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.People;

/// <summary>Who we are in tokens, and for what they are meant: a token of another installation, or for another use, opens nothing here.</summary>
public sealed class TokenIssuer(IOptions<EventEngineOptions> options)
{
    public const string Audience = "eventengine-query-api";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public string Name => options.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : "eventengine";
}
