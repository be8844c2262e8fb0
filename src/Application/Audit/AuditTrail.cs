using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Audit;

/// <summary>Something that was done, with who did it.</summary>
/// <param name="App">Whose stream told it; null: the organization's own.</param>
internal sealed record AuditRecord(StorePosition Position, IFact Fact, FactMetadata By, AppId? App);

/// <summary>
/// Everything that the streams of an organization and of its apps tell, oldest first. They hold what people decided, never what apps
/// report: hundreds of facts, or thousands where many payloads were looked at, read anew each time.
/// </summary>
internal sealed class AuditTrail(IEventStore store)
{
    public async Task<IReadOnlyList<AuditRecord>> ReadAsync(OrganizationId organization, CancellationToken ct)
    {
        var records = await ReadAsync(StreamName.Organization(organization), app: null, ct);
        var apps = records.Select(record => record.Fact).OfType<AppAdded>().Select(added => added.AppId).Distinct().ToList();
        foreach (var app in apps)
        {
            var told = await ReadAsync(StreamName.App(app), app, ct);
            if (told is not [{ Fact: AppRegistered registered }, ..] || registered.OrganizationId != organization) continue;
            records.AddRange(told);
            foreach (var stream in new[] { StreamName.Payloads(app), StreamName.Retries(app), StreamName.DeadLetters(app) })
                records.AddRange(await ReadUnlessErasedAsync(stream, app, ct));
        }

        // That a place was taken or left is told again, and better, by the app's own stream.
        return [.. records.Where(record => record.Fact is not (AppAdded or AppRemoved)).OrderBy(record => record.Position)];
    }

    private async Task<List<AuditRecord>> ReadUnlessErasedAsync(string stream, AppId app, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(stream, app, ct);
        }
        catch (StreamDeletedException)
        {
            return []; // with the app; that it was erased stands on its own stream
        }
    }

    private async Task<List<AuditRecord>> ReadAsync(string stream, AppId? app, CancellationToken ct)
    {
        var records = new List<AuditRecord>();
        await foreach (var recorded in store.ReadStreamAsync(stream, ct: ct))
        {
            var fact = FactJson.Deserialize(recorded.Type, recorded.Data.Span);
            var by = JsonSerializer.Deserialize(recorded.Metadata.Span, FactJsonContext.Default.FactMetadata) ?? new FactMetadata();
            records.Add(new AuditRecord(recorded.Position, fact, by, app));
        }

        return records;
    }
}
