using System.Diagnostics;

namespace EventEngine.Infrastructure.Outbound;

/// <summary>Spans of outgoing requests: host, status and outcome, never a path, a header or a body.</summary>
internal static class OutboundTraces
{
    private static readonly ActivitySource Source = new("EventEngine.Outbound");

    public static Activity? Request(HttpMethod method, string host) =>
        Source.StartActivity("outbound request", ActivityKind.Client)?.SetTag("http.request.method", method.Method).SetTag("server.address", host);

    public static OutboundAnswer End(this Activity? span, OutboundAnswer answer)
    {
        span?.SetTag("eventengine.outcome", answer.Outcome.ToString()).SetTag("http.response.status_code", (int?)answer.Status);
        if (answer.Outcome != OutboundOutcome.Answered) span?.SetStatus(ActivityStatusCode.Error);
        return answer;
    }
}
