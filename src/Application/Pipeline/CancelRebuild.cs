using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>An operator stops what is going on with a projection. The live tables stay as they are.</summary>
/// <returns>False: nothing was going on.</returns>
public sealed record CancelRebuild(Guid PersonId, string Projection) : IRequest<bool>
{
    internal sealed class Handler(Operators operators, IRebuilds rebuilds) : IRequestHandler<CancelRebuild, bool>
    {
        public async Task<bool> Handle(CancelRebuild command, CancellationToken ct) =>
            await rebuilds.CancelAsync(command.Projection, await operators.PermitAsync(command.PersonId, ct), ct);
    }
}
