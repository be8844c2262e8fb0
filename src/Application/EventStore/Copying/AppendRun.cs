namespace EventEngine.Application.EventStore.Copying;

/// <summary>Events of one stream that go into the target in one append. <paramref name="End"/> is where the last of them stands in the source.</summary>
internal sealed record AppendRun(CopiedStream Stream, IReadOnlyList<NewEvent> Events, int Bytes, StorePosition End);
