using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>The versions among the latest events of each name, received in the last 7 days, ascending. Other organizations' apps have none.</summary>
public sealed record ListEventVersions(OrganizationId Organization, IReadOnlyCollection<(AppId App, string EventName)> Wanted)
    : IRequest<Answer<ILookup<string, int>>>
{
    internal sealed class Handler(ReadModels readModels, TimeProvider time) : IRequestHandler<ListEventVersions, Answer<ILookup<string, int>>>
    {
        private const int Days = 7;

        public Task<Answer<ILookup<string, int>>> Handle(ListEventVersions query, CancellationToken ct) =>
            readModels.ForAppsOfAsync(query.Organization, ProjectionNames.Entries, (db, own) =>
            {
                var wanted = query.Wanted.Where(pair => own.Contains(pair.App.Value)).ToArray();
                var since = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-Days);
                return EventVersions.ReadAsync(
                    db, Array.ConvertAll(wanted, pair => pair.App.Value), Array.ConvertAll(wanted, pair => pair.EventName), since);
            }, ct);
    }
}
