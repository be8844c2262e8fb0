using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf.WellKnownTypes;
using Direction = EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol.ReadRequest.Types.Direction;

namespace EventEngine.Testing.EventStoreDb;

/// <summary>Reads of a stream and of everything, and subscriptions to everything.</summary>
internal sealed class ReadService(ServerLog log)
{
    private const int Page = 100;

    public async Task AnswerAsync(GrpcExchange exchange, CancellationToken ct)
    {
        var options = (await exchange.RequestAsync(ReadRequest.Parser)).Options;
        var asText = options.UuidForm?.FormCase == ReadRequest.Types.UuidForm.FormOneofCase.Text;
        if (options.SourceCase == ReadRequest.Types.Options.SourceOneofCase.Stream) await ReadStreamAsync(exchange, options, asText, ct);
        else if (options.ExtentCase == ReadRequest.Types.Options.ExtentOneofCase.Subscription) await SubscribeAsync(exchange, options, asText, ct);
        else await ReadAllAsync(exchange, options, asText, ct);
    }

    private async Task ReadStreamAsync(GrpcExchange exchange, ReadRequest.Types.Options options, bool asText, CancellationToken ct)
    {
        var name = options.Stream.Stream.Utf8.ToStringUtf8();
        if (log.Visible(name) is not { } visible)
        {
            await exchange.RespondAsync(new ReadResponse { StreamNotFound = new ReadResponse.Types.NotFound { Stream = options.Stream.Stream } }, ct);
            return;
        }

        var forwards = options.Direction == Direction.Forwards;
        var from = options.Stream.FromCase switch
        {
            ReadRequest.Types.OfStream.FromOneofCase.Revision => (long)options.Stream.Revision,
            ReadRequest.Types.OfStream.FromOneofCase.End => long.MaxValue,
            _ => 0,
        };
        var wanted = forwards ? visible.Where(record => record.Revision >= from) : visible.Reverse().Where(record => record.Revision <= from);
        foreach (var record in wanted.Take((int)Math.Min(options.Count, int.MaxValue))) await exchange.RespondAsync(record.ToMessage(asText), ct);
    }

    private async Task ReadAllAsync(GrpcExchange exchange, ReadRequest.Types.Options options, bool asText, CancellationToken ct)
    {
        var (filter, forwards, left) = (new LogFilter(options.Filter), options.Direction == Direction.Forwards, options.Count);
        for (var index = Start(options.All); ;)
        {
            var first = forwards ? index : Math.Max(0, index - Page);
            var records = log.From(first, forwards ? Page : index - first).Records;
            if (records.Length == 0) return;
            foreach (var record in forwards ? records : records.Reverse())
            {
                if (!filter.Keeps(record)) continue;
                if (left-- == 0) return;
                await exchange.RespondAsync(record.ToMessage(asText), ct);
            }

            index = forwards ? index + records.Length : first;
        }
    }

    private async Task SubscribeAsync(GrpcExchange exchange, ReadRequest.Types.Options options, bool asText, CancellationToken ct)
    {
        var filter = new LogFilter(options.Filter);
        var index = Start(options.All);
        if (options.All.FromCase == ReadRequest.Types.OfAll.FromOneofCase.Position && log.From(index, 1).Records is [var at] && at.Position == options.All.Position.Commit) index++;
        await exchange.RespondAsync(new ReadResponse { Confirmation = new ReadResponse.Types.Confirmation { SubscriptionId = Guid.NewGuid().ToString() } }, ct);
        for (var (considered, isLive) = (0, false); ;)
        {
            var (records, grown) = log.From(index, Page);
            foreach (var record in records)
            {
                index++;
                if (filter.Keeps(record)) await exchange.RespondAsync(record.ToMessage(asText), ct);
                if (++considered < filter.CheckpointEvery) continue;
                considered = 0;
                await exchange.RespondAsync(
                    new ReadResponse { Checkpoint = new LogPosition { Commit = record.Position, Prepare = record.Position } }, ct);
            }

            if (records.Length > 0) continue;
            if (!isLive) await exchange.RespondAsync(new ReadResponse { CaughtUp = new Empty() }, ct);
            isLive = true;
            await grown.WaitAsync(ct);
        }
    }

    private int Start(ReadRequest.Types.OfAll all) => all.FromCase switch
    {
        ReadRequest.Types.OfAll.FromOneofCase.Position => log.IndexOf(all.Position.Commit),
        ReadRequest.Types.OfAll.FromOneofCase.End => log.Count,
        _ => 0,
    };
}
