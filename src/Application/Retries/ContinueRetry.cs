using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Retries;

/// <summary>A retry that paused goes on with what it has not sent; the first ten are not tried again.</summary>
/// <returns>Where it was written; null when it is not paused.</returns>
/// <exception cref="NotFoundException">The organization has no such app, or the app no such retry.</exception>
public sealed record ContinueRetry(Actor By, AppId App, Guid RetryId) : IRequest<StorePosition?>
{
    internal sealed class Handler(IEventStore store, Tenancy tenancy, IMediator mediator, TimeProvider time) : IRequestHandler<ContinueRetry, StorePosition?>
    {
        public async Task<StorePosition?> Handle(ContinueRetry command, CancellationToken ct)
        {
            await tenancy.FindAppAsync(command.By, Permission.RetryEvents, command.App, ct);
            var retry = await mediator.Send(new GetRetry(command.By.Organization, command.App, command.RetryId), ct);
            if (retry.Value.State != RetryState.Paused) return null;
            var at = time.GetUtcNow();
            await store.AppendAsync(StreamName.Retries(command.App), ExpectedRevision.StreamExists, [new RetryContinued(at, command.RetryId)], Tenancy.About(command.By), ct);
            var resumed = await store.AppendAsync(
                StreamName.Retry(command.App, command.RetryId), ExpectedRevision.StreamExists, [new RetryResumed(at)], Tenancy.About(command.By), ct);
            return resumed.Position;
        }
    }
}
