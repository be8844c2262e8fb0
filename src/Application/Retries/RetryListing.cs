using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Retries;

/// <summary>The list of a retry's items, written before it is asked for. Written again it begins anew; nobody but its first writer gets further.</summary>
internal sealed class RetryListing(IEventStore store, AppId app, Guid retry)
{
    private ExpectedRevision _revision = ExpectedRevision.NoStream;
    private IReadOnlyList<SelectedDeadLetter> _written = [];

    /// <exception cref="DomainException">Another request has begun with the same id.</exception>
    public async Task WriteAsync(IReadOnlyList<SelectedDeadLetter> items, DateTimeOffset at, CancellationToken ct)
    {
        if (items.SequenceEqual(_written)) return;
        try
        {
            foreach (var fact in RetryItemLists.Of(items, at))
                _revision = ExpectedRevision.At((await store.AppendAsync(StreamName.Retry(app, retry), _revision, [fact], ct: ct)).Revision);
        }
        catch (WrongRevisionException)
        {
            throw new DomainException("retry_id_taken", "A retry with this id is being started already.");
        }

        _written = items;
    }
}
