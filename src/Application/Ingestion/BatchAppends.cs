using System.Buffers.Binary;
using System.Security.Cryptography;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Ingestion;

namespace EventEngine.Application.Ingestion;

/// <summary>
/// The events of a batch, in as many appends as the store's limit asks for, mostly one. Each is led by its own <c>BatchReceived</c>,
/// so that the ledger balances also when a later one fails.
/// </summary>
public static class BatchAppends
{
    /// <summary>The store takes 1 MiB, its own framing included.</summary>
    public const int MaxBytes = 900_000;

    private const int Framing = 100;

    private static readonly string ReceivedType = FactTypes.NameOf(typeof(BatchReceived));

    /// <param name="metadata">UTF-8 JSON that every event of the request shares.</param>
    public static IEnumerable<IReadOnlyList<NewEvent>> Of(Batch batch, string? reporterVersion, ReadOnlyMemory<byte> metadata)
    {
        var ids = new Ids(batch.ReceivedAt);
        for (var first = 0; first < batch.Count;)
        {
            var count = CountThatFits(batch, first, metadata.Length);
            var events = new NewEvent[count + 1];
            var received = FactJson.Serialize(new BatchReceived(batch.ReceivedAt, count, reporterVersion));
            events[0] = new NewEvent(ids.Next(), ReceivedType, received, metadata);
            for (var i = 0; i < count; i++)
            {
                var (type, data) = batch[first + i];
                events[i + 1] = new NewEvent(ids.Next(), type, data, metadata);
            }

            yield return events;
            first += count;
        }
    }

    private static int CountThatFits(Batch batch, int first, int metadata)
    {
        var bytes = 2 * (metadata + Framing);
        var next = first;
        while (next < batch.Count && (bytes += batch[next].Data.Length + metadata + Framing) <= MaxBytes) next++;
        return next - first;
    }

    /// <summary>Version 7 ids that share one random draw and count up: they sort as the events do.</summary>
    private struct Ids(DateTimeOffset at)
    {
        private readonly long _milliseconds = at.ToUnixTimeMilliseconds();
        private readonly ulong _random = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
        private ushort _count;

        public Guid Next()
        {
            const ushort version = 0x7000;
            const ulong variant = 0x8000_0000_0000_0000, variantMask = 0x3FFF_FFFF_FFFF_FFFF;
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteInt64BigEndian(bytes, _milliseconds << 16);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(version | _count++));
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], variant | (_random & variantMask));
            return new Guid(bytes, bigEndian: true);
        }
    }
}
