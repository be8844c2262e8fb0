using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.Postgres;

namespace EventEngine.Web.Operations;

/// <summary>From start to stop.</summary>
public static class RunningTheHost
{
    /// <summary>Whoever starts it is told in a line what keeps it from running: a port that is taken, a database that stays away.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunUntilStoppedAsync(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is IOException or DatabaseUnavailableException or StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
