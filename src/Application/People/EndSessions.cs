using MediatR;

namespace EventEngine.Application.People;

/// <summary>Signs a person out everywhere, programs with tokens included.</summary>
/// <param name="Except">The session that goes on; null: none.</param>
public sealed record EndSessions(Guid PersonId, Guid? Except = null) : IRequest
{
    internal sealed class Handler(ISessions sessions) : IRequestHandler<EndSessions>
    {
        public async Task<Unit> Handle(EndSessions command, CancellationToken ct)
        {
            await sessions.EndAllAsync(command.PersonId, command.Except, ct);
            return Unit.Value;
        }
    }
}
