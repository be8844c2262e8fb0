using System.Text.Json;
using EventEngine.Application.Ingestion;

namespace EventEngine.Web.Ingestion;

/// <summary>Why a request was turned away whole. The code is for programs and metrics, the message for people.</summary>
internal sealed record IngestProblem(int Status, string Code, string Message, int? RetryAfterSeconds = null, string? UpgradeUrl = null)
{
    public static IngestProblem MissingKey { get; } = new(
        StatusCodes.Status401Unauthorized, "missing_api_key", "Send the app's API key as \"Authorization: Bearer <key>\" or \"X-API-Key: <key>\".");

    public static IngestProblem InvalidKey { get; } = new(
        StatusCodes.Status401Unauthorized, "invalid_api_key", "This API key is unknown or was revoked.");

    public static IngestProblem OrganizationDisabled { get; } = new(
        StatusCodes.Status403Forbidden, "organization_disabled", "The organization of this API key is disabled.");

    public static IngestProblem UnknownEncoding { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported_encoding", "Content-Encoding may be gzip, or absent.");

    public static IngestProblem UnknownMediaType { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Content-Type must be application/json in UTF-8, or absent.");

    public static IngestProblem BodyTooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, "body_too_large", $"A body may have at most 1 MiB ({RequestBody.MaxBytes:N0} bytes), before and after gunzip.");

    public static IngestProblem InvalidGzip { get; } = new(
        StatusCodes.Status400BadRequest, "invalid_gzip", "The body is not valid gzip, or was cut short.");

    public static IngestProblem Overloaded { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "overloaded", "Too much is under way at once; send it again in a moment.", RetryAfterSeconds: 1);

    public static IngestProblem StoreUnavailable { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "store_unavailable", "The event store can't take more now; send it again in a moment.", RetryAfterSeconds: 1);

    public static IngestProblem KeysUnavailable(string message) => new(
        StatusCodes.Status503ServiceUnavailable, "keys_unavailable", message, RetryAfterSeconds: 1);

    public static IngestProblem QuotaExceeded(QuotaExceededException error, string upgradeUrl) => new(
        StatusCodes.Status429TooManyRequests, "rate_limit_exceeded", error.Message, error.RetryAfterSeconds, upgradeUrl);

    public static IngestProblem TooManyEntries(string message) => new(StatusCodes.Status413PayloadTooLarge, "too_many_entries", message);

    public static IngestProblem InvalidBody(string message) => new(StatusCodes.Status400BadRequest, "invalid_body", message);

    /// <summary>The reporter has done nothing wrong.</summary>
    public bool IsOurs => Status >= StatusCodes.Status500InternalServerError;

    public async Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/json";
        if (RetryAfterSeconds is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString();
        if (Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("error", Code);
        json.WriteString("message", Message);
        if (UpgradeUrl is not null) json.WriteString("upgrade_url", UpgradeUrl);
        json.WriteEndObject();
    }
}
