namespace EventEngine.Application.EventStore.Copying;

/// <summary>The events of one category of streams, or of all (<c>*</c>). The digest covers stream, id, type, data, metadata and order.</summary>
public sealed record CategoryDigest(string Category, long Events, long Bytes, string Digest)
{
    public const string All = "*";
}
