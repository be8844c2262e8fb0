using System.Text;
using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.Tests.EventStore;

/// <summary>
/// What every engine promises. It speaks to the port only. Other tests may share the store: each uses streams of its own, and reads of
/// everything are narrowed to them.
/// </summary>
public abstract partial class EventStoreContract
{
    private readonly string _scope = Guid.NewGuid().ToString("N");

    protected IEventStore Store => Engine(0);

    /// <summary>Several engines on one store, as several processes would have; the same one for the same number.</summary>
    protected abstract IEventStore Engine(int process);

    protected string Stream(string name = "stream", string category = "thing") => $"{category}-{_scope}_{name}";

    protected EventFilter OwnStreams(string category = "thing") => new(StreamPrefixes: [$"{category}-{_scope}"]);

    protected static NewEvent Event(string text = "{}", string type = "Happened.v1", string metadata = "{}", Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(metadata));

    protected static NewEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(i => Event($$"""{"n":{{i}}}"""))];

    protected static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    protected async Task<List<RecordedEvent>> ReadAsync(
        string stream, ReadDirection direction = ReadDirection.Forwards, long? from = null, long limit = long.MaxValue) =>
        await Store.ReadStreamAsync(stream, direction, from, limit).ToListAsync();

    protected async Task<List<RecordedEvent>> ReadAllAsync(
        ReadDirection direction = ReadDirection.Forwards, StorePosition? from = null, EventFilter? filter = null, long limit = long.MaxValue) =>
        await Store.ReadAllAsync(direction, from, filter ?? OwnStreams(), limit).ToListAsync();

    protected static IEnumerable<Guid> Ids(IEnumerable<NewEvent> events) => events.Select(e => e.Id);

    protected static IEnumerable<Guid> Ids(IEnumerable<RecordedEvent> events) => events.Select(e => e.Id);
}
