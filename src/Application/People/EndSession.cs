using MediatR;

namespace EventEngine.Application.People;

/// <summary>Signs one of a person's own sessions out.</summary>
public sealed record EndSession(Guid PersonId, Guid SessionId) : IRequest
{
    internal sealed class Handler(ISessions sessions) : IRequestHandler<EndSession>
    {
        public async Task<Unit> Handle(EndSession command, CancellationToken ct)
        {
            await sessions.EndAsync(command.PersonId, command.SessionId, ct);
            return Unit.Value;
        }
    }
}
