using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Application.Heartbeats;
using EventEngine.Application.Ingestion;
using EventEngine.Application.Schemas;
using EventEngine.Web.Shared;
using MediatR;

namespace EventEngine.Web.Ingestion;

/// <summary>Where reporters post. Written against the raw request: this is the path that every entry takes.</summary>
internal sealed class IngestionEndpoints(
    ReporterGate gate,
    InFlightBytes inFlight,
    IngestBatch ingestBatch,
    RefusedRequests refused,
    IngestionMetrics metrics,
    ILogger<IngestionEndpoints> log)
{
    private const string Accepted = "accepted", HungUp = "hung_up";

    public Task PostEventsAsync(HttpContext http) => AnswerAsync(http, TakeEventsAsync);

    public Task PostHeartbeatAsync(HttpContext http) => AnswerAsync(http, TakeHeartbeatAsync);

    /// <summary>Everything that can go wrong with a request is answered here, in one form.</summary>
    private async Task AnswerAsync(HttpContext http, Func<HttpContext, Reporter, ReadOnlyMemory<byte>, Task> take)
    {
        var startedAt = Stopwatch.GetTimestamp();
        string outcome;
        try
        {
            var problem = await TryTakeAsync(http, take);
            if (problem is not null) await problem.WriteAsync(http);
            outcome = problem?.Code ?? Accepted;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            outcome = HungUp;
        }

        metrics.Request(outcome, startedAt);
    }

    private async Task<IngestProblem?> TryTakeAsync(HttpContext http, Func<HttpContext, Reporter, ReadOnlyMemory<byte>, Task> take)
    {
        var (reporter, turnedAway) = await gate.EnterAsync(http);
        if (reporter is null) return turnedAway;
        var problem = turnedAway ?? await TryTakeAsync(http, reporter, take);
        if (problem is { IsOurs: false }) refused.Note(reporter.AppId, problem.Code, problem.Message);
        return problem;
    }

    private async Task<IngestProblem?> TryTakeAsync(HttpContext http, Reporter reporter, Func<HttpContext, Reporter, ReadOnlyMemory<byte>, Task> take)
    {
        try
        {
            var (body, unreadable) = await RequestBody.ReadAsync(http.Request, inFlight);
            using (body)
            {
                if (body is null) return unreadable;
                await take(http, reporter, body.Memory);
                return null;
            }
        }
        catch (Exception error) when (error is NotABatchException or NotAHeartbeatException)
        {
            return IngestProblem.InvalidBody(error.Message);
        }
        catch (TooManyEntriesException error)
        {
            return IngestProblem.TooManyEntries(error.Message);
        }
        catch (QuotaExceededException error)
        {
            return IngestProblem.QuotaExceeded(error, PublicOrigin.Of(http) + PublicOrigin.BillingPath);
        }
        catch (StreamDeletedException)
        {
            return IngestProblem.InvalidKey; // the app is being deleted, and so are its keys
        }
        catch (Exception error) when (error is StoreUnavailableException or WrongRevisionException)
        {
            log.LogWarning(error, "A request of app {App} was turned away: the store is not available", reporter.AppId);
            return IngestProblem.StoreUnavailable;
        }
        catch (BadHttpRequestException error)
        {
            return IngestProblem.InvalidBody(error.Message) with { Status = error.StatusCode };
        }
    }

    private async Task TakeEventsAsync(HttpContext http, Reporter reporter, ReadOnlyMemory<byte> body)
    {
        var receipt = await ingestBatch.HandleAsync(reporter, body, http.TraceIdentifier, ReporterVersion.Of(http.Request.Headers));
        metrics.Entries(receipt.Received, receipt.Rejections.Count);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.ContentType = "application/json";
        if (receipt.Rejections.Count == 0) WriteReceived(http.Response, receipt.Received);
        else WriteReceipt(http.Response, receipt);
    }

    private async Task TakeHeartbeatAsync(HttpContext http, Reporter reporter, ReadOnlyMemory<byte> body)
    {
        var mediator = http.RequestServices.GetRequiredService<IMediator>();
        var rejected = await mediator.Send(new ReceiveHeartbeat(reporter.AppId, body, http.TraceIdentifier, ReporterVersion.Of(http.Request.Headers)));
        http.Response.ContentType = "application/json";
        if (rejected.Count > 0)
        {
            refused.Note(reporter.AppId, "invalid_definition", $"Definition {rejected[0].Index}: {rejected[0].Reason}.");
            WriteRejected(http.Response, rejected);
            return;
        }

        http.Response.ContentLength = "{}".Length;
        http.Response.BodyWriter.Write("{}"u8);
    }

    private static void WriteReceived(HttpResponse response, int received)
    {
        var text = response.BodyWriter.GetSpan(64);
        "{\"received\":"u8.CopyTo(text);
        Utf8Formatter.TryFormat(received, text["{\"received\":".Length..], out var digits);
        var length = "{\"received\":".Length + digits;
        text[length++] = (byte)'}';
        response.ContentLength = length;
        response.BodyWriter.Advance(length);
    }

    private static void WriteReceipt(HttpResponse response, BatchReceipt receipt)
    {
        using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteNumber("received", receipt.Received);
        WriteList(json, "rejected", receipt.Rejections.Select(rejection => (rejection.Index, rejection.Reason)));
        json.WriteEndObject();
    }

    private static void WriteRejected(HttpResponse response, IEnumerable<RejectedDefinition> rejected)
    {
        using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        WriteList(json, "rejected_definitions", rejected.Select(definition => (definition.Index, definition.Reason)));
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<(int Index, string Reason)> rejected)
    {
        json.WriteStartArray(name);
        foreach (var (index, reason) in rejected)
        {
            json.WriteStartObject();
            json.WriteNumber("index", index);
            json.WriteString("error", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
