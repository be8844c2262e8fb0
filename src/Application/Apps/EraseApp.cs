using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>
/// Removes what a deleted app reported from the store, when no request of it can be under way any more. What it used of the plan is
/// written down last: should we die before that, the next attempt does the rest.
/// </summary>
/// <returns>False when the read models were not ready to say what it had used.</returns>
public sealed record EraseApp(AppToErase Deleted) : IRequest<bool>
{
    internal sealed class Handler(IEventStore store, IMediator mediator, TimeProvider time) : IRequestHandler<EraseApp, bool>
    {
        public async Task<bool> Handle(EraseApp command, CancellationToken ct)
        {
            var app = command.Deleted.App;
            if (await store.ReadHeadAsync(ct) is { } head && !await mediator.Send(new AwaitPosition(head, [ProjectionNames.Entries]), ct)) return false;
            var usage = await mediator.Send(new ListUsedMonths(app), ct);
            foreach (var (stream, mayCome) in StreamsOf(command.Deleted)) await DeleteAsync(stream, mayCome, ct);
            foreach (var stream in await RetriesOfAsync(app, ct)) await DeleteAsync(stream, mayCome: true, ct);
            await store.DecideAsync(StreamName.App(app), App.Initial, App.Evolve, state => state.Erase(usage, time.GetUtcNow()), ct: ct);
            return true;
        }

        /// <summary>With whether something might still be appended: such a name is closed for good.</summary>
        private static IEnumerable<(string Stream, bool MayCome)> StreamsOf(AppToErase deleted)
        {
            var last = DateOnly.FromDateTime(deleted.DeletedAt.UtcDateTime);
            for (var day = DateOnly.FromDateTime(deleted.RegisteredAt.UtcDateTime); day <= last.AddDays(1); day = day.AddDays(1))
                yield return (StreamName.Entries(deleted.App, day), day >= last);
            yield return (StreamName.Heartbeats(deleted.App), true);
            yield return (StreamName.Schemas(deleted.App), true);
            yield return (StreamName.Stats(deleted.App), true);
            yield return (StreamName.DeadLetters(deleted.App), true);
            yield return (StreamName.Deploys(deleted.App), true);
        }

        /// <summary>The list of them comes last: should we die before it, the next attempt still finds the rest.</summary>
        private async Task<List<string>> RetriesOfAsync(AppId app, CancellationToken ct)
        {
            var streams = new List<string>();
            try
            {
                await foreach (var recorded in store.ReadStreamAsync(StreamName.Retries(app), ct: ct))
                {
                    if (FactJson.Deserialize(recorded.Type, recorded.Data.Span) is RetryRequested requested) streams.Add(StreamName.Retry(app, requested.RetryId));
                }
            }
            catch (StreamDeletedException)
            {
                return []; // by an earlier attempt, or another process, when the others were gone
            }

            return [.. streams, StreamName.Retries(app)];
        }

        private async Task DeleteAsync(string stream, bool mayCome, CancellationToken ct)
        {
            try
            {
                await store.DeleteStreamAsync(stream, ExpectedRevision.Any, tombstone: mayCome, ct);
            }
            catch (StreamDeletedException)
            {
                // an earlier attempt, or another process
            }
        }
    }
}
