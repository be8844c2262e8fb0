using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>Nothing more is sent from this moment on; what is under way may still be answered.</summary>
/// <returns>Where it was written; null when it had ended or was cancelled before.</returns>
/// <exception cref="NotFoundException">The organization has no such app, or the app no such retry.</exception>
public sealed record CancelRetry(Actor By, AppId App, Guid RetryId) : IRequest<StorePosition?>
{
    internal sealed class Handler(IEventStore store, Tenancy tenancy, IMediator mediator, TimeProvider time) : IRequestHandler<CancelRetry, StorePosition?>
    {
        public async Task<StorePosition?> Handle(CancelRetry command, CancellationToken ct)
        {
            await tenancy.FindAppAsync(command.By, Permission.RetryEvents, command.App, ct);
            var retry = await mediator.Send(new GetRetry(command.By.Organization, command.App, command.RetryId), ct);
            if (retry.Value.State is RetryState.Stopping or RetryState.Finished) return null;
            var at = time.GetUtcNow();

            // Who did it comes first: should we die before the second, the retry goes on, and whoever asks again is told so.
            await store.AppendAsync(StreamName.Retries(command.App), ExpectedRevision.StreamExists, [new RetryCancelled(at, command.RetryId)], Tenancy.About(command.By), ct);
            var stopped = await store.AppendAsync(
                StreamName.Retry(command.App, command.RetryId), ExpectedRevision.StreamExists, [new RetryStopped(at, RetryStopCause.Cancelled)], Tenancy.About(command.By), ct);
            return stopped.Position;
        }
    }
}
