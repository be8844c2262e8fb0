using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore;

/// <summary>A store beside the one of the settings, and a name for it that says where it is and carries no credentials.</summary>
public sealed class OpenedStore(string name, IEventStore store, params IReadOnlyList<IAsyncDisposable> owned) : IAsyncDisposable
{
    public string Name => name;

    public IEventStore Store => store;

    public async ValueTask DisposeAsync()
    {
        foreach (var resource in owned) await resource.DisposeAsync();
    }
}
