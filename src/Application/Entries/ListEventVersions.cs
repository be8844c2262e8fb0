using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>The versions among the latest events of one name, across an organization's apps, ascending.</summary>
public sealed record ListEventVersions(OrganizationId Organization, string EventName) : IRequest<Answer<IReadOnlyList<int>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListEventVersions, Answer<IReadOnlyList<int>>>
    {
        public Task<Answer<IReadOnlyList<int>>> Handle(ListEventVersions query, CancellationToken ct) =>
            readModels.ForAppsOfAsync<IReadOnlyList<int>>(query.Organization, ProjectionNames.Entries, async (db, apps) =>
                [.. (await EventVersions.ReadAsync(db, apps, [query.EventName], DateOnly.MinValue))[query.EventName]], ct);
    }
}
