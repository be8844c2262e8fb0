using System.Net;
using EventEngine.Application.Callbacks;
using EventEngine.Infrastructure.Outbound;

namespace EventEngine.Infrastructure.Callbacks;

/// <summary>What an answer over the wire means for who asked.</summary>
internal static class CallbackAnswers
{
    public static CallbackAnswer NoCallback { get; } = Failed(CallbackOutcome.NoCallback, null, "The app has no callback address.");

    public static CallbackAnswer NoKey { get; } = Failed(CallbackOutcome.NoKey, null, "The app has no active key that can be presented to it.");

    public static CallbackAnswer UnaskableId { get; } = Failed(CallbackOutcome.Refused, null, "An event whose id has a part of dots can't be asked for by address.");

    public static CallbackAnswer TooLate { get; } = Failed(CallbackOutcome.TooLate, null, "It was held up on our side until it was too late to ask.");

    public static CallbackAnswer OfPayload(OutboundAnswer answer, string host) =>
        answer is { Outcome: OutboundOutcome.Answered, Status: { } status } ? OfStatus(status, answer.Body, host, said: null) : WithoutAnswer(answer);

    /// <summary>The status alone says it: a body that came late, broken or too large changes nothing.</summary>
    public static CallbackAnswer OfRetry(OutboundAnswer answer, string host) =>
        answer.Status is { } status ? OfStatus(status, body: default, host, RefusalReason.In(answer.Body)) : WithoutAnswer(answer);

    private static CallbackAnswer OfStatus(HttpStatusCode status, ReadOnlyMemory<byte> body, string host, string? said)
    {
        var code = (int)status;
        return code switch
        {
            >= 200 and < 300 => new CallbackAnswer(CallbackOutcome.Answered, code, body, null),
            401 or 403 => Failed(CallbackOutcome.Unauthorized, code, said is null ? $"{host} did not take the app's key ({code})." : Quoted(said)),
            404 => Failed(CallbackOutcome.NotFound, code, said is null ? $"{host} does not know this event, or does not answer at this address (404)." : Quoted(said)),
            >= 300 and < 400 => Failed(CallbackOutcome.Refused, code, $"{host} answered with a redirect ({code}), and redirects are not followed."),
            _ => Failed(CallbackOutcome.Refused, code, said is null ? $"{host} answered {code}." : Quoted(said)),
        };

        string Quoted(string words) => $"{host} answered {code}: {words}";
    }

    private static CallbackAnswer WithoutAnswer(OutboundAnswer answer) => Failed(
        answer.Outcome switch
        {
            OutboundOutcome.AddressRefused => CallbackOutcome.AddressRefused,
            OutboundOutcome.Unreachable => CallbackOutcome.Unreachable,
            OutboundOutcome.TimedOut => CallbackOutcome.TimedOut,
            OutboundOutcome.TooLarge => CallbackOutcome.TooLarge,
            _ => CallbackOutcome.Broken,
        },
        (int?)answer.Status,
        answer.Reason!);

    private static CallbackAnswer Failed(CallbackOutcome outcome, int? status, string reason) => new(outcome, status, default, reason);
}
