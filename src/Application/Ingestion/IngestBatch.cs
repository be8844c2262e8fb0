using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Ingestion;

/// <summary>How many entries came, and which of them were turned down.</summary>
public sealed record BatchReceipt(int Received, IReadOnlyList<Rejection> Rejections);

/// <summary>
/// Takes a request of a reporter: every entry is in the store, as reported or as rejected, when this returns. It is called for each
/// request, so it stands outside MediatR.
/// </summary>
public sealed class IngestBatch(
    IEventStore store, KnownEventNames names, Quotas quotas, RefusedEntries refused, IOptions<EventEngineOptions> options, TimeProvider time)
{
    /// <exception cref="NotABatchException">The body is not JSON, or not a batch. Nothing was kept.</exception>
    /// <exception cref="TooManyEntriesException">Nothing was kept.</exception>
    /// <exception cref="QuotaExceededException">The plan's events of this month are used up. Nothing was kept but the number of entries.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The last of the appends did not succeed. If the reporter sends all again, what was kept is found to be a duplicate.
    /// </exception>
    public async Task<BatchReceipt> HandleAsync(Reporter reporter, ReadOnlyMemory<byte> body, string correlationId, string? reporterVersion)
    {
        var receivedAt = time.GetUtcNow();
        receivedAt = receivedAt.AddTicks(-(receivedAt.Ticks % TimeSpan.TicksPerMillisecond));
        var known = await names.OfAsync(reporter.AppId);
        using var batch = BatchReader.Read(body.Span, receivedAt, known);
        var limit = options.Value.LimitsOf(reporter.Plan).EventsPerMonth;
        if (limit is null) await KeepAsync(reporter, batch, correlationId, reporterVersion);
        else await KeepWithinAsync(limit.Value, reporter, batch, correlationId, reporterVersion);
        return new BatchReceipt(batch.Count, batch.Rejections);
    }

    private async Task KeepWithinAsync(long limit, Reporter reporter, Batch batch, string correlationId, string? reporterVersion)
    {
        var entries = batch.Count - batch.Rejections.Count;
        if (!await quotas.AdmitAsync(reporter.OrganizationId, limit, entries, batch.ReceivedAt))
        {
            refused.Add(reporter.AppId, batch.ReceivedAt, batch.Count);
            throw new QuotaExceededException(reporter.Plan, limit, batch.ReceivedAt);
        }

        try
        {
            await KeepAsync(reporter, batch, correlationId, reporterVersion);
        }
        finally
        {
            quotas.Settle(reporter.OrganizationId, entries);
        }
    }

    private async Task KeepAsync(Reporter reporter, Batch batch, string correlationId, string? reporterVersion)
    {
        var about = new FactMetadata(correlationId, ReporterVersion: reporterVersion);
        var metadata = JsonSerializer.SerializeToUtf8Bytes(about, FactJsonContext.Default.FactMetadata);
        var stream = StreamName.Entries(reporter.AppId, DateOnly.FromDateTime(batch.ReceivedAt.UtcDateTime));

        // Not cancelled when the reporter hangs up: the store borrows the batch's memory, and what came should be kept.
        foreach (var events in BatchAppends.Of(batch, reporterVersion, metadata)) await store.AppendAsync(stream, ExpectedRevision.Any, events, CancellationToken.None);
    }
}
