namespace EventEngine.Application.People;

/// <summary>How nodes hear that sessions of a person ended or turned to another organization: the payload is the person's id.</summary>
public static class SessionChange
{
    public const string Channel = "sessions_changed";
}
