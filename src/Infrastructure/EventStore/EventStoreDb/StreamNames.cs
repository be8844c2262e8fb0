namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>Names that begin with a dollar sign are the server's own: what is written there would never be shown.</summary>
internal static class StreamNames
{
    private const int MaxLength = 500;

    /// <exception cref="ArgumentException">Empty, too long, or the server's.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > MaxLength || name[0] == '$')
            throw new ArgumentException($"The name of a stream has 1 to {MaxLength} characters and does not begin with a dollar sign.", nameof(name));
    }
}
