using System.Globalization;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;

namespace EventEngine.Application.Ingestion;

/// <summary>Requests of an app that were turned away whole for the same reason.</summary>
/// <param name="Reason">Code, as in the answer that was given.</param>
/// <param name="Message">For the app's own people; holds nothing of what was sent.</param>
/// <param name="At">Of the last of them.</param>
public sealed record Refusal(AppId App, string Reason, string Message, DateTimeOffset At, long Count)
{
    /// <summary>To those who sent it the answer is the same for any key that is not valid; to those whose key was meant, this is said.</summary>
    public static Refusal Of(KeyTrace trace, StrangeKey stranger) => trace.RevokedAt is { } revokedAt
        ? new Refusal(trace.App, "revoked_api_key", $"A request came with the key …{trace.LastFour} that was revoked on {Day(revokedAt)}.", stranger.At, stranger.Count)
        : new Refusal(trace.App, "mistyped_api_key", $"A request came with a key that begins like …{trace.LastFour} but is not it: {Hint(stranger.Key.Length)}", stranger.At, stranger.Count);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Hint(int length) => (ApiKey.Length - length) switch
    {
        0 => $"check its characters one by one, it has {ApiKey.Length} as it should.",
        > 0 and var missing => $"it has {length} characters instead of {ApiKey.Length}, so {Characters(missing)} missing.",
        var surplus => $"it has {length} characters instead of {ApiKey.Length}, so {Characters(-surplus)} too many. Quotes, perhaps?",
    };

    private static string Characters(int characters) => characters == 1 ? "one is" : $"{characters} are";
}

/// <summary>A key that let nobody in, so far without knowing whose it may have been.</summary>
public sealed record StrangeKey(SentKey Key, DateTimeOffset At, long Count);
