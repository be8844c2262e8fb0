using EventEngine.Application.EventStore;
using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>
/// An operator wants a parked event to be applied after all: in its place, so the projection is built anew beside the live one, and swapped
/// in. The event stays parked until then.
/// </summary>
/// <returns>False: something is going on with the projection already.</returns>
public sealed record UnparkEvent(Guid PersonId, string Projection, StorePosition Position) : IRequest<bool>
{
    internal sealed class Handler(Operators operators, IParkedEvents parked, IRebuilds rebuilds) : IRequestHandler<UnparkEvent, bool>
    {
        public async Task<bool> Handle(UnparkEvent command, CancellationToken ct)
        {
            var by = await operators.PermitAsync(command.PersonId, ct);
            return await parked.FindAsync(command.Projection, [command.Position], ct) is { Count: > 0 } found
                && (await rebuilds.RequestAsync(RebuildRequest.ToUnpark(command.Projection, found), by, ct)).IsNew;
        }
    }
}
