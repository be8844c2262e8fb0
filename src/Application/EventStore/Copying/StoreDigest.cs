using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.EventStore.Copying;

/// <summary>Counts and SHA-256 of what a store holds, by category and in all.</summary>
internal sealed class StoreDigest : IDisposable
{
    private readonly Dictionary<string, Sum> _sums = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _buffer = new(4_096);

    public void Add(RecordedEvent recorded)
    {
        var digest = DigestOf(recorded);
        SumOf(CategoryDigest.All).Add(digest, recorded);
        SumOf(StreamName.CategoryOf(recorded.Stream)).Add(digest, recorded);
    }

    /// <summary>By category; all of them first.</summary>
    public IReadOnlyList<CategoryDigest> Close() =>
        [.. _sums.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Close(pair.Key))];

    public void Dispose()
    {
        foreach (var sum in _sums.Values) sum.Dispose();
    }

    private byte[] DigestOf(RecordedEvent recorded)
    {
        _buffer.ResetWrittenCount();
        Text(recorded.Stream);
        recorded.Id.TryWriteBytes(_buffer.GetSpan(16), bigEndian: true, out _);
        _buffer.Advance(16);
        Text(recorded.Type);
        Block(recorded.Data.Span);
        Block(recorded.Metadata.Span);
        return SHA256.HashData(_buffer.WrittenSpan);
    }

    private void Text(string text)
    {
        Length(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, _buffer);
    }

    private void Block(ReadOnlySpan<byte> block)
    {
        Length(block.Length);
        _buffer.Write(block);
    }

    private void Length(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(sizeof(int)), length);
        _buffer.Advance(sizeof(int));
    }

    private Sum SumOf(ReadOnlySpan<char> category)
    {
        var lookup = _sums.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(category, out var sum)) lookup[category] = sum = new Sum();
        return sum;
    }

    private sealed class Sum : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _events;
        private long _bytes;

        public void Add(byte[] digest, RecordedEvent recorded)
        {
            _hash.AppendData(digest);
            _events++;
            _bytes += recorded.Data.Length + recorded.Metadata.Length;
        }

        public CategoryDigest Close(string category) => new(category, _events, _bytes, Convert.ToHexStringLower(_hash.GetCurrentHash()));

        public void Dispose() => _hash.Dispose();
    }
}
