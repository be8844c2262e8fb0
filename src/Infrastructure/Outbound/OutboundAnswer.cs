using System.Net;

namespace EventEngine.Infrastructure.Outbound;

/// <param name="Status">Known as soon as the headers arrived, whatever became of the body.</param>
/// <param name="Body">Empty unless the outcome is <see cref="OutboundOutcome.Answered"/>.</param>
/// <param name="Reason">What went wrong, for people: names the host and nothing more of the address. Null when nothing did.</param>
public sealed record OutboundAnswer(OutboundOutcome Outcome, HttpStatusCode? Status, ReadOnlyMemory<byte> Body, string? Reason);

public enum OutboundOutcome
{
    /// <summary>With any status.</summary>
    Answered,
    AddressRefused,

    /// <summary>No connection came about: the request did not arrive.</summary>
    Unreachable,

    /// <summary>The time was up after the request was under way.</summary>
    TimedOut,

    /// <summary>The connection ended before the answer was whole, or what came was no HTTP.</summary>
    Broken,
    TooLarge,
}
