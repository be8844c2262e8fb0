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
            select count(*)::int from views.checkpoints
            where projection = any(@names) and (state = 'stopped' or (commit_position, prepare_position) >= (@Commit, @Prepare))
            """;

        private static readonly string[] Names = [.. ProjectionNames.All];

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

        private async Task<bool> IsPassedAsync(StorePosition position, CancellationToken ct)
        {
            try
            {
                var passed = await readModels.ReadAsync(
                    ProjectionNames.Entries, db => db.SingleAsync<int>(Sql, new { names = Names, position.Commit, position.Prepare }), ct);
                return passed.Value == Names.Length;
            }
            catch (ReadModelsMissingException)
            {
                return false; // a first start makes them in a moment
            }
        }
    }
}
