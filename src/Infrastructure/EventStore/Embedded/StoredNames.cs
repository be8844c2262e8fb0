namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>One name that Postgres refuses would fail the whole group it came with: it is refused at the door.</summary>
internal static class StoredNames
{
    private const int MaxLength = 500;

    /// <exception cref="ArgumentException">Empty, too long, or with characters that text in Postgres can't hold.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > MaxLength) throw new ArgumentException($"The name of a stream has 1 to {MaxLength} characters.", nameof(name));
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1])) i++;
            else if (name[i] == '\0' || char.IsSurrogate(name[i])) throw new ArgumentException("The name of a stream is valid Unicode without NUL.", nameof(name));
        }
    }
}
