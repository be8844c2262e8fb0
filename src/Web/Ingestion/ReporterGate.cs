using EventEngine.Application.Ingestion;
using EventEngine.Application.Shared;
using EventEngine.Web.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Ingestion;

/// <summary>Lets a request in by its key and within its plan's rate, and writes the rate into the answer's headers.</summary>
internal sealed class ReporterGate(Reporters reporters, RequestRates rates, RefusedRequests refused, IOptions<EventEngineOptions> options)
{
    public const string KeyHeader = "X-API-Key";
    private const string Bearer = "Bearer ";

    public async ValueTask<(Reporter? Reporter, IngestProblem? Problem)> EnterAsync(HttpContext http)
    {
        var key = KeyOf(http.Request.Headers);
        if (key.Length == 0) return (null, IngestProblem.MissingKey);
        if (!KeyDigest.TryOf(key, out var digest)) return (null, IngestProblem.InvalidKey);
        try
        {
            var reporter = await reporters.FindAsync(digest, http.RequestAborted);
            if (reporter is null)
            {
                refused.NoteStranger(KeyOf(http.Request.Headers), digest);
                return (null, IngestProblem.InvalidKey);
            }

            return reporter.Enabled ? (reporter, CountRequest(http, reporter)) : (reporter, IngestProblem.OrganizationDisabled);
        }
        catch (ReportersUnavailableException error)
        {
            return (null, IngestProblem.KeysUnavailable(error.Message));
        }
    }

    /// <returns>Empty when none was sent.</returns>
    public static ReadOnlySpan<char> KeyOf(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString().AsSpan().Trim();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? authorization[Bearer.Length..].Trim()
            : headers[KeyHeader].ToString().AsSpan().Trim();
    }

    /// <summary>Headers as in draft-ietf-httpapi-ratelimit-headers-10.</summary>
    private IngestProblem? CountRequest(HttpContext http, Reporter reporter)
    {
        if (options.Value.LimitsOf(reporter.Plan).RequestsPerMinute is not { } limit) return null;
        var rate = rates.Count(reporter.OrganizationId, limit);
        http.Response.Headers["RateLimit-Policy"] = $"\"requests\";q={limit};w={RequestRates.WindowSeconds}";
        http.Response.Headers["RateLimit"] = $"\"requests\";r={rate.Remaining};t={rate.ResetSeconds}";
        if (rate.IsAllowed) return null;
        return new IngestProblem(
            StatusCodes.Status429TooManyRequests,
            "rate_limit_exceeded",
            $"The {reporter.Plan} plan allows {limit:N0} requests a minute.",
            Math.Max(1, rate.ResetSeconds),
            PublicOrigin.Of(http) + PublicOrigin.BillingPath);
    }
}
