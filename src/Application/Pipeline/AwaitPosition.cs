using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>Reading what you wrote: waits until the running projections have passed a position, at most 2 seconds.</summary>
/// <param name="Projections">Whose answers matter; null: all.</param>
/// <returns>False when the time ran out first.</returns>
public sealed record AwaitPosition(StorePosition Position, IReadOnlyList<string>? Projections = null) : IRequest<bool>
{
    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<AwaitPosition, bool>
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromMilliseconds(15);

        private const string Sql = """
            select count(*)::int from views.checkpoints
            where projection = any(@names) and (state <> 'running' or (commit_position, prepare_position) >= (@Commit, @Prepare))
            """;

        public async Task<bool> Handle(AwaitPosition query, CancellationToken ct)
        {
            var began = time.GetTimestamp();
            string[] names = [.. query.Projections ?? ProjectionNames.All];
            while (!await IsPassedAsync(query.Position, names, ct))
            {
                if (time.GetElapsedTime(began) > Longest) return false;
                await Task.Delay(Pause, time, ct);
            }

            return true;
        }

        private async Task<bool> IsPassedAsync(StorePosition position, string[] names, CancellationToken ct)
        {
            try
            {
                var passed = await readModels.ReadAsync(
                    ProjectionNames.Entries, db => db.SingleAsync<int>(Sql, new { names, position.Commit, position.Prepare }), ct);
                return passed.Value == names.Length;
            }
            catch (ReadModelsMissingException)
            {
                return false; // a first start makes them in a moment
            }
        }
    }
}
