using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Ingestion;

/// <summary>How many entries came, and which of them were turned down.</summary>
public sealed record BatchReceipt(int Received, IReadOnlyList<Rejection> Rejections);

/// <summary>
/// Takes a request of a reporter: every entry is in the store, as reported or as rejected, when this returns. It is called for each
/// request, so it stands outside MediatR.
/// </summary>
public sealed class IngestBatch(IEventStore store, KnownEventNames names, TimeProvider time)
{
    /// <exception cref="NotABatchException">The body is not JSON, or not a batch. Nothing was kept.</exception>
    /// <exception cref="TooManyEntriesException">Nothing was kept.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The last of the appends did not succeed. If the reporter sends all again, what was kept is found to be a duplicate.
    /// </exception>
    public async Task<BatchReceipt> HandleAsync(AppId app, ReadOnlyMemory<byte> body, string correlationId, string? reporterVersion)
    {
        var receivedAt = time.GetUtcNow();
        receivedAt = receivedAt.AddTicks(-(receivedAt.Ticks % TimeSpan.TicksPerMillisecond));
        var known = await names.OfAsync(app);
        using var batch = BatchReader.Read(body.Span, receivedAt, known);
        var about = new FactMetadata(correlationId, ReporterVersion: reporterVersion);
        var metadata = JsonSerializer.SerializeToUtf8Bytes(about, FactJsonContext.Default.FactMetadata);
        var stream = StreamName.Entries(app, DateOnly.FromDateTime(receivedAt.UtcDateTime));

        // Not cancelled when the reporter hangs up: the store borrows the batch's memory, and what came should be kept.
        foreach (var events in BatchAppends.Of(batch, reporterVersion, metadata)) await store.AppendAsync(stream, ExpectedRevision.Any, events, CancellationToken.None);
        return new BatchReceipt(batch.Count, batch.Rejections);
    }
}
