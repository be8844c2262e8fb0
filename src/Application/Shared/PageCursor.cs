using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EventEngine.Application.Shared;

/// <summary>The place of the last row of a page in the order of its list, as text that clients only hand back.</summary>
public sealed record PageCursor(params string[] Parts)
{
    /// <param name="list">Which list and order the cursor must come from: its first part.</param>
    /// <returns>Null when the text is no cursor of that list.</returns>
    public static PageCursor? Parse(string text, string list, int parts)
    {
        try
        {
            var decoded = JsonSerializer.Deserialize<string[]>(Convert.FromBase64String(Padded(text.Replace('-', '+').Replace('_', '/'))));
            return decoded?.Length == parts && decoded[0] == list && decoded.All(part => part is not null && StorableText.CanBeStored(part))
                ? new PageCursor(decoded)
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <returns>Null when the part is no time.</returns>
    public static DateTimeOffset? TimeOf(string ticks) =>
        long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 3_155_378_975_999_999_999
            ? new DateTimeOffset(value, TimeSpan.Zero)
            : null;

    public override string ToString() =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Parts))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Padded(string text) => text.PadRight((text.Length + 3) / 4 * 4, '=');
}
