namespace EventEngine.Application.EventStore.Copying;

/// <summary>One stream on both sides, while it is copied.</summary>
internal sealed class CopiedStream(string name, long next, long last)
{
    public string Name => name;

    /// <summary>The source's first revision that is still to be copied: what lies below was copied or is hidden there.</summary>
    public long Next { get; private set; } = next;

    /// <summary>The target's last revision once everything sent has arrived; -1 while it has none.</summary>
    public long Last { get; private set; } = last;

    public ExpectedRevision Expected => Last < 0 ? ExpectedRevision.NoStream : ExpectedRevision.At(Last);

    public bool Wants(RecordedEvent recorded) => recorded.Revision >= Next;

    public void Passed(RecordedEvent recorded) => Next = recorded.Revision + 1;

    public void Sent(int events) => Last += events;
}
