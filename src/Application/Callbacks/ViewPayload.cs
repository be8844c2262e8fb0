using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Callbacks;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Callbacks;

/// <summary>
/// Fetches from the app what an event carries, for the eyes of who asks: it is kept nowhere. That it was shown is written down before it
/// is.
/// </summary>
/// <exception cref="NotFoundException">The organization has no such app, or the app reported no such event.</exception>
public sealed record ViewPayload(Actor By, AppId AppId, string EventId) : IRequest<PayloadView>
{
    internal sealed class Handler(Tenancy tenancy, IMediator mediator, ICallbacks callbacks, IEventStore store, TimeProvider time) : IRequestHandler<ViewPayload, PayloadView>
    {
        public async Task<PayloadView> Handle(ViewPayload command, CancellationToken ct)
        {
            await tenancy.FindAppAsync(command.By, Permission.ViewPayloads, command.AppId, ct);
            await mediator.Send(new GetEvent(command.By.Organization, command.AppId, command.EventId), ct);
            var answer = await callbacks.FetchPayloadAsync(command.AppId, command.EventId, ct);
            if (answer.Outcome != CallbackOutcome.Answered) return new PayloadView(null, PayloadFailure.Of(answer));
            if (PayloadText.Read(answer.Body) is not { } json) return new PayloadView(null, PayloadFailure.NotJson);
            var viewed = new PayloadViewed(time.GetUtcNow(), command.EventId);
            await store.AppendAsync(StreamName.Payloads(command.AppId), ExpectedRevision.Any, [viewed], Tenancy.About(command.By), ct);
            return new PayloadView(json, null);
        }
    }
}

/// <param name="Json">As the app wrote it; null when it could not be had.</param>
/// <param name="Failure">Null when it could.</param>
public sealed record PayloadView(string? Json, PayloadFailure? Failure);
