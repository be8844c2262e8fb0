using System.Collections.Concurrent;
using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Application.Ingestion;

/// <summary>
/// Holds organizations to their plan's events a month. Far from the limit a request is judged by what is known; near it the read model is
/// asked after it has passed everything that is in the store, so that the last event of a plan is the last. A read model that is late, or
/// can't be asked, never refuses an entry: then the plan is exceeded for as long as that lasts.
/// </summary>
public sealed class Quotas(IMediator mediator, IEventStore store, TimeProvider time, ILogger<Quotas> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromMilliseconds(15);
    private static readonly string[] Counting = [ProjectionNames.Entries];

    private readonly ConcurrentDictionary<OrganizationId, OrganizationUse> _uses = new();

    /// <returns>Whether the entries may be kept: then <see cref="Settle"/> must follow.</returns>
    public ValueTask<bool> AdmitAsync(OrganizationId organization, long limit, int entries, DateTimeOffset receivedAt)
    {
        var use = _uses.GetOrAdd(organization, static _ => new OrganizationUse());
        var month = Month.Of(receivedAt);
        var verdict = use.Judge(month, limit, entries);
        if (verdict == QuotaVerdict.Unsure) return new(JudgeAtTheEdgeAsync(organization, use, month, limit, entries));
        if (time.GetElapsedTime(use.ReadAt) > Fresh && use.Reading.Wait(0)) _ = ReadAgainAsync(organization, use, month);
        return new(verdict == QuotaVerdict.Taken);
    }

    public void Settle(OrganizationId organization, int entries)
    {
        if (_uses.TryGetValue(organization, out var use)) use.Settle(entries);
    }

    private async Task<bool> JudgeAtTheEdgeAsync(OrganizationId organization, OrganizationUse use, Month month, long limit, int entries)
    {
        await use.Reading.WaitAsync();
        try
        {
            var began = time.GetTimestamp();
            var isLate = time.GetTimestamp() < use.LateUntil;
            while (true)
            {
                var verdict = use.Judge(month, limit, entries);
                if (verdict != QuotaVerdict.Unsure) return verdict == QuotaVerdict.Taken;
                if (isLate || time.GetElapsedTime(began) > Patience) break;
                if (use.IsUnderWay) await Task.Delay(Pause, time); // into the store
                isLate = !await TryReadAsync(organization, use, month);
            }

            if (isLate) use.LateUntil = time.GetTimestamp() + (long)(Patience.TotalSeconds * time.TimestampFrequency);
            use.TakeUnjudged(entries);
            return true;
        }
        finally
        {
            use.Reading.Release();
        }
    }

    /// <returns>False when the read model has not passed the store's head in time.</returns>
    private async Task<bool> TryReadAsync(OrganizationId organization, OrganizationUse use, Month month)
    {
        try
        {
            var taken = use.Taken();
            var isFirst = !use.IsKnown(month);
            var head = isFirst ? null : await store.ReadHeadAsync(); // the first time a look is enough, unless it shows that the edge is near
            var isPassed = head is null || await mediator.Send(new AwaitPosition(head.Value, Counting));
            var known = await mediator.Send(new CountUsage(organization, month.FirstDay, month.NextFirstDay));
            use.Learn(month, known.Value, isPassed && !isFirst ? taken : 0, time.GetTimestamp());
            return isPassed;
        }
        catch (Exception error) when (error is NpgsqlException or ReadModelsMissingException or StoreUnavailableException)
        {
            log.LogWarning(error, "The use of organization {Organization} could not be read: its entries are taken", organization);
            return false;
        }
    }

    /// <summary>For what other processes have taken. It waits for nothing, so it can't say that ours is counted.</summary>
    private async Task ReadAgainAsync(OrganizationId organization, OrganizationUse use, Month month)
    {
        try
        {
            var known = await mediator.Send(new CountUsage(organization, month.FirstDay, month.NextFirstDay));
            use.Learn(month, known.Value, counted: 0, time.GetTimestamp());
        }
        catch (Exception error)
        {
            log.LogWarning(error, "The use of organization {Organization} could not be read again", organization);
        }
        finally
        {
            use.Reading.Release();
        }
    }
}
