using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>What projections pass over, now and formerly, with streams of every tenant: for operators only.</summary>
public sealed record ListParkedEvents(Guid PersonId) : IRequest<IReadOnlyList<ParkedEvent>>
{
    internal sealed class Handler(Operators operators, IParkedEvents parked) : IRequestHandler<ListParkedEvents, IReadOnlyList<ParkedEvent>>
    {
        public async Task<IReadOnlyList<ParkedEvent>> Handle(ListParkedEvents query, CancellationToken ct)
        {
            await operators.PermitAsync(query.PersonId, ct);
            return await parked.ListAsync(ct);
        }
    }
}
