using EventEngine.Application.Callbacks;
using EventEngine.Domain.Retries;

namespace EventEngine.Application.Retries;

/// <summary>What the answer of a customer's app means for the item that was sent.</summary>
internal static class RetryAnswers
{
    public static RetryAnswer Of(int item, CallbackAnswer answer) => answer.Outcome switch
    {
        CallbackOutcome.Answered => new(item, RetryOutcome.Accepted, answer.StatusCode),
        CallbackOutcome.TooLarge when answer.StatusCode is >= 200 and < 300 => new(item, RetryOutcome.Accepted, answer.StatusCode),
        CallbackOutcome.Unauthorized or CallbackOutcome.NotFound or CallbackOutcome.Refused => new(item, RetryOutcome.Refused, answer.StatusCode, answer.Reason),
        CallbackOutcome.Unreachable => new(item, RetryOutcome.Unreachable, null, answer.Reason),
        CallbackOutcome.TooLate => new(item, RetryOutcome.Unsent),
        CallbackOutcome.NoCallback or CallbackOutcome.NoKey or CallbackOutcome.AddressRefused => new(item, RetryOutcome.Blocked, null, answer.Reason),
        _ => new(item, RetryOutcome.Unconfirmed, answer.StatusCode, answer.Reason),
    };
}
