namespace EventEngine.Infrastructure.Tests.EventStore;

internal static class Outcomes
{
    /// <summary>Either way of ending is right; anything else is not.</summary>
    public static async Task ShouldThrowOrFinishAsync<T>(this Task task) where T : Exception
    {
        try
        {
            await task;
        }
        catch (T)
        {
        }
    }
}
