using System.Net;

namespace EventEngine.Infrastructure.Outbound;

/// <summary>What an exception of the HTTP stack means. Its own message never leaves: it may name an address.</summary>
internal static class OutboundFailure
{
    public static bool IsOne(Exception error) => error is HttpRequestException or IOException or OperationCanceledException;

    public static OutboundAnswer Of(Exception error, string host, HttpStatusCode? status)
    {
        var (outcome, reason) = error switch
        {
            _ when Find<AddressRefusedException>(error) is not null =>
                (OutboundOutcome.AddressRefused, $"{host} leads to an address that is not on the public internet, and is not called from here."),
            _ when Find<NoConnectionException>(error) is { } none => (OutboundOutcome.Unreachable, $"{host} could not be reached: {none.Message}."),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                (OutboundOutcome.Unreachable, $"No secure connection to {host} came about: its certificate is not valid for this name, or not trusted."),
            OperationCanceledException { InnerException: TimeoutException } =>
                (OutboundOutcome.Unreachable, $"{host} accepted no connection within {OutboundHttp.Connecting.TotalSeconds} s."),
            OperationCanceledException => (OutboundOutcome.TimedOut, $"{host} had not answered in full within {OutboundHttp.Whole.TotalSeconds} s."),
            _ => (OutboundOutcome.Broken, $"{host} ended the connection before its answer was whole, or answered what is no HTTP."),
        };
        return new OutboundAnswer(outcome, status, default, reason);
    }

    private static T? Find<T>(Exception? error) where T : Exception
    {
        for (; error is not null; error = error.InnerException)
            if (error is T found) return found;
        return null;
    }
}
