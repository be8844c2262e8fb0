using MediatR;

namespace EventEngine.Application.People;

/// <summary>Where a person is signed in.</summary>
public sealed record ListSessions(Guid PersonId) : IRequest<IReadOnlyList<Session>>
{
    internal sealed class Handler(ISessions sessions, TimeProvider time) : IRequestHandler<ListSessions, IReadOnlyList<Session>>
    {
        public Task<IReadOnlyList<Session>> Handle(ListSessions query, CancellationToken ct) => sessions.ListAsync(query.PersonId, time.GetUtcNow(), ct);
    }
}
