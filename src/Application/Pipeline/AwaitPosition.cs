using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>Reading what you wrote: waits until every running projection has passed a position, at most 2 seconds.</summary>
/// <returns>False when the time ran out first.</returns>
public sealed record AwaitPosition(StorePosition Position) : IRequest<bool>
{
    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<AwaitPosition, bool>
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromMilliseconds(15);

        private const string Sql = """
            select coalesce(bool_and((commit_position, prepare_position) >= (@Commit, @Prepare)), false)
            from views.checkpoints where state <> 'stopped'
            """;

        public async Task<bool> Handle(AwaitPosition query, CancellationToken ct)
        {
            var began = time.GetTimestamp();
            while (!await IsPassedAsync(query.Position, ct))
            {
                if (time.GetElapsedTime(began) > Longest) return false;
                await Task.Delay(Pause, time, ct);
            }

            return true;
        }

        private async Task<bool> IsPassedAsync(StorePosition position, CancellationToken ct) =>
            (await readModels.ReadAsync(ProjectionNames.Entries, db => db.SingleAsync<bool>(Sql, new { position.Commit, position.Prepare }), ct)).Value;
    }
}
