namespace EventEngine.Web.Api;

/// <summary>An endpoint that a session's cookie doesn't open: being asked has effects, and a link on somebody else's page would send the cookie along.</summary>
internal sealed record ForPrograms;
