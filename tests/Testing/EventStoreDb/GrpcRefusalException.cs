namespace EventEngine.Testing.EventStoreDb;

/// <summary>A call that ends with a status; what goes into the trailers beside it.</summary>
public sealed class GrpcRefusalException(int status, string message, params (string Name, string Value)[] trailers) : Exception(message)
{
    public int Status { get; } = status;

    public IReadOnlyList<(string Name, string Value)> Trailers { get; } = trailers;

    public static GrpcRefusalException StreamDeleted(string stream) =>
        new(9, $"Event stream '{stream}' is deleted.", ("exception", "stream-deleted"), ("stream-name", stream));

    public static GrpcRefusalException WrongExpectedVersion(string stream, long expected, long actual) => new(
        9,
        "Wrong expected version",
        ("exception", "wrong-expected-version"),
        ("stream-name", stream),
        ("expected-version", $"{expected}"),
        ("actual-version", actual < 0 ? "" : $"{actual}"));

    public static GrpcRefusalException TooLarge() =>
        new(3, "Maximum Append Size of 1048576 Exceeded.", ("exception", "maximum-append-size-exceeded"), ("maximum-append-size", "1048576"));

    public static GrpcRefusalException NotLeader(string host, int port) => new(
        5, "Leader info available", ("exception", "not-leader"), ("leader-endpoint-host", host), ("leader-endpoint-port", $"{port}"));

    public static GrpcRefusalException AccessDenied() => new(7, "Access Denied", ("exception", "access-denied"));
}
