using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Callbacks;

/// <summary>Asks an app for an event that it can't have: "not found" proves that it was reached, and took the key.</summary>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record TestCallback(Actor By, AppId AppId) : IRequest<CallbackTest>
{
    /// <summary>Ids in a database begin with 1.</summary>
    private const string NoEvent = "0";

    internal sealed class Handler(Tenancy tenancy, ICallbacks callbacks) : IRequestHandler<TestCallback, CallbackTest>
    {
        public async Task<CallbackTest> Handle(TestCallback command, CancellationToken ct)
        {
            await tenancy.FindAppAsync(command.By, Permission.ManageApps, command.AppId, ct);
            var answer = await callbacks.FetchPayloadAsync(command.AppId, NoEvent, ct);
            return answer.Outcome switch
            {
                CallbackOutcome.NotFound => new CallbackTest(true, "The app was reached, took the key, and has no event 0, which is right."),
                CallbackOutcome.Answered => new CallbackTest(false, "The app was reached, and answered 200 for an event 0 that it can't have. Does this address belong to it?"),
                _ => Failed(PayloadFailure.Of(answer)),
            };
        }

        private static CallbackTest Failed(PayloadFailure failure) => new(false, $"{failure.What} {failure.Advice}");
    }
}

/// <param name="Says">For people: what happened, and what to do.</param>
public sealed record CallbackTest(bool Works, string Says);
