using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;

/// <summary>From what a server said at the end of a call to the exception that callers know. The trailer "exception" tells more than the status.</summary>
internal static class GrpcErrors
{
    public static EventStoreDbException? Of(HttpHeaders trailers)
    {
        if (Value(trailers, "grpc-status") is not { } text)
            return new ServerUnavailableException("The server ended an answer without a status.");
        var status = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (GrpcStatus)number : GrpcStatus.Unknown;
        return status == GrpcStatus.Ok ? null : Of(status, Uri.UnescapeDataString(Value(trailers, "grpc-message") ?? ""), trailers);
    }

    public static EventStoreDbException Of(HttpStatusCode code) => code switch
    {
        HttpStatusCode.Unauthorized => new AccessDeniedException(GrpcStatus.Unauthenticated, "The server does not know the credentials."),
        HttpStatusCode.Forbidden => new AccessDeniedException(GrpcStatus.PermissionDenied, "The server denied access."),
        HttpStatusCode.NotFound => new EventStoreDbException(GrpcStatus.Unimplemented, "The server has no such method."),
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            new ServerUnavailableException($"The server answered {(int)code}."),
        _ => new EventStoreDbException(GrpcStatus.Unknown, $"The server answered {(int)code}."),
    };

    public static bool IsOfConnection(Exception e) => e is HttpRequestException or IOException;

    public static ServerUnavailableException OfConnection(Exception e)
    {
        var kind = e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } ? "secure connection" : "connection";
        return new ServerUnavailableException($"No {kind} to the server: {e.GetBaseException().Message}", e);
    }

    private static EventStoreDbException Of(GrpcStatus status, string message, HttpHeaders trailers) => (Value(trailers, "exception"), status) switch
    {
        ("wrong-expected-version", _) => new WrongExpectedRevisionException(Number(trailers, "actual-version") ?? -1),
        ("stream-deleted", _) => new StreamTombstonedException(),
        ("maximum-append-size-exceeded", _) => new AppendSizeException(Number(trailers, "maximum-append-size") ?? 0),
        ("not-leader", _) when Value(trailers, "leader-endpoint-host") is { } host && Number(trailers, "leader-endpoint-port") is { } port =>
            new NotLeaderException(host, (int)port),
        ("access-denied", _) or (_, GrpcStatus.PermissionDenied or GrpcStatus.Unauthenticated) => new AccessDeniedException(status, message),
        // A write that the server gave up on is Aborted: "Operation timed out".
        (_, GrpcStatus.DeadlineExceeded or GrpcStatus.Aborted) => new DeadlineException(message),
        (_, GrpcStatus.Unavailable or GrpcStatus.Cancelled) => new ServerUnavailableException(message),
        (_, GrpcStatus.ResourceExhausted) => new AppendSizeException(0),
        // "No leader info available": between two leaders.
        (null, GrpcStatus.Unknown) when message.StartsWith("No leader", StringComparison.Ordinal) => new ServerUnavailableException(message),
        _ => new EventStoreDbException(status, message),
    };

    private static string? Value(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static long? Number(HttpHeaders headers, string name) =>
        long.TryParse(Value(headers, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
