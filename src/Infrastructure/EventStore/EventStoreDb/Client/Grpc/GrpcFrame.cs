using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;

/// <summary>A message as it travels: a byte that says "not compressed", its length, itself. The memory is rented and given back once.</summary>
internal readonly struct GrpcFrame : IDisposable
{
    public const int HeaderSize = 5;
    private readonly byte[] _rented;
    private readonly int _length;

    private GrpcFrame(byte[] rented, int length) => (_rented, _length) = (rented, length);

    public ReadOnlyMemory<byte> Bytes => _rented.AsMemory(0, _length);

    public static GrpcFrame Of(IMessage message)
    {
        var size = message.CalculateSize();
        var rented = ArrayPool<byte>.Shared.Rent(HeaderSize + size);
        rented[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(rented.AsSpan(1), size);
        message.WriteTo(rented.AsSpan(HeaderSize, size));
        return new GrpcFrame(rented, HeaderSize + size);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
}
