namespace EventEngine.Web.Pages.Shared;

/// <summary>What the page after a change says, once.</summary>
public static class Notice
{
    public const string Key = "notice";

    public const string StillOnItsWay = "Done. The page will show it in a moment.";
}
