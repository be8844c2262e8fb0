using EventEngine.Application.Shared;
using EventEngine.Web.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.People;

/// <summary>
/// Where links in letters lead. The host that a request names is its sender's word: a forged one would send a person's token to a stranger.
/// It counts only where it can do no harm: this very machine, or a host that the operator has listed in <c>AllowedHosts</c>.
/// </summary>
public sealed class MailOrigin(IOptions<EventEngineOptions> options, IConfiguration configuration)
{
    private readonly bool _hostsAreFiltered = configuration["AllowedHosts"] is { Length: > 0 } hosts && !hosts.Split(';').Contains("*");

    /// <returns>Without a slash at its end; null when it is not known for sure.</returns>
    public string? Of(HttpContext context)
    {
        if (options.Value.PublicUrl is { Length: > 0 } url) return url.TrimEnd('/');
        var request = context.Request;
        return _hostsAreFiltered || ThisMachine.IsNamed(request.Host) ? $"{request.Scheme}://{request.Host}{request.PathBase}" : null;
    }

    public bool IsKnown => options.Value.PublicUrl is { Length: > 0 } || _hostsAreFiltered;
}
