using System.Text;
using EventEngine.Application.Entries;
using EventEngine.Domain.Retries;

namespace EventEngine.Application.Retries;

/// <summary>Items in facts of less than 600 kB, each appended by itself.</summary>
internal static class RetryItemLists
{
    private const int LargestFact = 600_000, AroundAnId = 12;

    public static IEnumerable<RetryItemsListed> Of(IReadOnlyList<SelectedDeadLetter> items, DateTimeOffset at)
    {
        for (var first = 0; first < items.Count;)
        {
            var count = CountFrom(items, first);
            yield return Of(items, first, count, at);
            first += count;
        }
    }

    private static int CountFrom(IReadOnlyList<SelectedDeadLetter> items, int first)
    {
        var (count, bytes) = (0, 0);
        while (first + count < items.Count && (bytes += SizeOf(items[first + count])) <= LargestFact) count++;
        return count;
    }

    // JSON escapes what is not plain ASCII with up to six characters; a name is counted as if each item brought its own.
    private static int SizeOf(SelectedDeadLetter item) => (Encoding.UTF8.GetByteCount(item.EventId) == item.EventId.Length ? item.EventId.Length * 2 : item.EventId.Length * 6) + AroundAnId;

    private static RetryItemsListed Of(IReadOnlyList<SelectedDeadLetter> items, int first, int count, DateTimeOffset at)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var (ids, nameOf) = (new string[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            var item = items[first + i];
            ids[i] = item.EventId;
            if (!names.TryGetValue(item.EventName, out nameOf[i])) names[item.EventName] = nameOf[i] = names.Count;
        }

        return new RetryItemsListed(at, first, ids, [.. names.Keys], nameOf);
    }
}

