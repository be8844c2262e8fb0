namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>How many rows to ask for: as many as make a page of about 4 MiB, judged by the page before.</summary>
internal sealed class PageSize(long wanted)
{
    public const int Bytes = 4 << 20;
    private const int MaxRows = 2_048;

    public int Rows { get; private set; } = (int)Math.Min(wanted, 64);

    public void Learn(int rows, long bytes)
    {
        if (rows == 0) return;
        var fit = Bytes / Math.Max(1, bytes / rows);
        Rows = (int)Math.Clamp(fit, 1, Math.Min(MaxRows, Rows * 4L));
    }
}
