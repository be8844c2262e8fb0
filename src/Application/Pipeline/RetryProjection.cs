using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>An operator lets a stopped projection try its event once more, or a new version be built once more.</summary>
/// <returns>False: it has not stopped.</returns>
public sealed record RetryProjection(Guid PersonId, string Projection) : IRequest<bool>
{
    internal sealed class Handler(Operators operators, IParkedEvents parked) : IRequestHandler<RetryProjection, bool>
    {
        public async Task<bool> Handle(RetryProjection command, CancellationToken ct) =>
            await parked.RetryAsync(command.Projection, await operators.PermitAsync(command.PersonId, ct), ct);
    }
}
