using System.Text.Json;
using EventEngine.Application.Entries;
using EventEngine.Domain.Retries;

namespace EventEngine.Application.Retries;

/// <summary>Items in facts of less than 600 kB, each appended by itself.</summary>
internal static class RetryItemLists
{
    private const int LargestFact = 600_000, AroundAText = 12;

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
        var (count, bytes, names) = (0, 0, new HashSet<string>(StringComparer.Ordinal));
        for (; first + count < items.Count; count++)
        {
            var item = items[first + count];
            bytes += SizeOf(item.EventId) + (names.Add(item.EventName) ? SizeOf(item.EventName) : 0);
            if (bytes > LargestFact) break;
        }

        return count;
    }

    // As it is written: JSON escapes some characters with six. Around it are quotes, a comma, and for an id the number of its name.
    private static int SizeOf(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length + AroundAText;

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

