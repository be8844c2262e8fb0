namespace EventEngine.Web.Pages.Shared;

public static class LiveRequest
{
    public const string Header = "X-Live";

    /// <summary>The page asks for itself again: it wants what may have changed, without the shell.</summary>
    public static bool IsLive(this HttpRequest request) => request.Headers.ContainsKey(Header);
}
