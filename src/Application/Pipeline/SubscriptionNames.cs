namespace EventEngine.Application.Pipeline;

/// <summary>What follows the store besides the projections, in each web process.</summary>
public static class SubscriptionNames
{
    public const string Head = "head of the store", LiveFeed = "live feed";
}
