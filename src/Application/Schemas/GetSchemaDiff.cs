using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Schemas;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>What differs between any two versions of an event, and what that means to its consumers.</summary>
/// <param name="App">Whose definitions; null: of each version the one that was reported last.</param>
/// <exception cref="NotFoundException">One of the two was never defined there.</exception>
public sealed record GetSchemaDiff(OrganizationId Organization, string EventName, int From, int To, AppId? App = null) : IRequest<Answer<SchemaComparison>>
{
    internal sealed class Handler(ReadModels readModels, IMediator mediator) : IRequestHandler<GetSchemaDiff, Answer<SchemaComparison>>
    {
        public async Task<Answer<SchemaComparison>> Handle(GetSchemaDiff query, CancellationToken ct)
        {
            if (!StorableText.CanBeStored(query.EventName)) throw new NotFoundException("schema");
            var apps = (await mediator.Send(new ListAppNames(query.Organization), ct)).Value.ToDictionary(app => app.App);
            if (query.App is { } wanted && !apps.ContainsKey(wanted)) throw new NotFoundException("app");
            return await readModels.ForAppsOfAsync(query.Organization, ProjectionNames.Schemas, async (db, own) =>
            {
                var catalog = await Catalog.ReadAsync(db, own, query.EventName);
                return Compare(Find(catalog, query, query.From), Find(catalog, query, query.To), catalog);
            }, ct);
        }

        private static DefinedVersion Find(Catalog catalog, GetSchemaDiff query, int version) =>
            catalog.Definitions[query.EventName].Where(each => each.EventVersion == version && (query.App is null || each.App == query.App)).MaxBy(each => each.ReportedAt)
            ?? throw new NotFoundException($"definition of version {version}");

        private static SchemaComparison Compare(DefinedVersion from, DefinedVersion to, Catalog catalog)
        {
            var mode = catalog.ModeOf(to.App, to.Definition.EventName);
            return new SchemaComparison(from, to, mode, SchemaDiff.Between(from.Definition, to.Definition), Compatibility.JudgePair(mode, from.Definition, to.Definition));
        }
    }
}

/// <param name="Mode">That holds where <paramref name="To"/> is defined.</param>
/// <param name="Verdict">Of these two alone, read from one to the other.</param>
public sealed record SchemaComparison(
    DefinedVersion From, DefinedVersion To, CompatibilityMode Mode, IReadOnlyList<SchemaChange> Changes, CompatibilityVerdict Verdict);
