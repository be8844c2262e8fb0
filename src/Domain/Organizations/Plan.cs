namespace EventEngine.Domain.Organizations;

/// <summary>What an organization pays for; the limits of each plan are settings.</summary>
public enum Plan
{
    Free,
    Starter,
    Pro,
    Enterprise,
}
