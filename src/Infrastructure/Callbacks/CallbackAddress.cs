using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;

namespace EventEngine.Infrastructure.Callbacks;

/// <summary>Where an event is asked for at an app's callback address.</summary>
internal static class CallbackAddress
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The id is escaped whole, so that it stays one part of the path. A query of the address is kept behind it.</summary>
    /// <returns>Null when the id has a part of dots, which servers on the way may take for a step up the path.</returns>
    public static Uri? Of(CallbackUrl callback, string eventId, string action)
    {
        if (eventId.Split('/', '\\').Any(part => part is "." or "..")) return null;
        var address = new Uri(callback.Value);
        var path = $"{address.AbsolutePath.TrimEnd('/')}/cloud_api/events/{Uri.EscapeDataString(eventId)}{action}{address.Query}";
        return new Uri($"{address.GetLeftPart(UriPartial.Authority)}{path}", AsWritten);
    }

    /// <returns>Null when there is none, or it was entered under other rules.</returns>
    public static CallbackUrl? Read(string? text, bool allowPlainHttp)
    {
        try
        {
            return text is null ? null : CallbackUrl.Parse(text, allowPlainHttp);
        }
        catch (DomainException)
        {
            return null;
        }
    }
}
