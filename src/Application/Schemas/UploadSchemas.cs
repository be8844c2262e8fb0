using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;
using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>Takes the definitions of an app from its db/event_schema.json, or only says what taking them would mean.</summary>
/// <param name="Artifact">The file as it is.</param>
/// <exception cref="ValidationException">One of them can't be taken: then none is.</exception>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
/// <exception cref="DomainException">The app has changed its definitions too often.</exception>
public sealed record UploadSchemas(Actor By, AppId AppId, ReadOnlyMemory<byte> Artifact, bool DryRun) : IRequest<SchemaUpload>
{
    internal sealed class Handler(Tenancy tenancy, IEventStore store, SchemaReports reports, TimeProvider time) : IRequestHandler<UploadSchemas, SchemaUpload>
    {
        private const int ReasonsTold = 10;

        public async Task<SchemaUpload> Handle(UploadSchemas command, CancellationToken ct)
        {
            var app = await tenancy.FindAppAsync(command.By, Permission.ManageSchemas, command.AppId, ct);
            var definitions = Read(command.Artifact);
            var defined = await store.FoldAsync(StreamName.Schemas(command.AppId), DefinedSchemas.Initial, DefinedSchemas.Evolve, ct);
            var upload = SchemaUpload.Of(definitions, defined, app);
            if (command.DryRun) return upload;
            var at = time.GetUtcNow();
            var position = await reports.AppendAsync(command.AppId, known => known.Report(definitions, DefinitionSource.Upload, at), Tenancy.About(command.By), ct);
            return upload with { Position = position };
        }

        private static IReadOnlyList<ReportedDefinition> Read(ReadOnlyMemory<byte> artifact)
        {
            try
            {
                var list = SchemaDefinitionReader.Read(artifact);
                if (list.Rejected.Count == 0) return list.Definitions;
                throw new ValidationException(
                    list.Rejected.Take(ReasonsTold).Select(rejected => new ValidationFailure("", $"Definition {rejected.Index}: {rejected.Reason}.")));
            }
            catch (NotDefinitionsException invalid)
            {
                throw new ValidationException([new ValidationFailure("", invalid.Message)]);
            }
        }
    }
}
