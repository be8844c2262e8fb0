using EventEngine.Bench.Load;

namespace EventEngine.Bench.Measures;

/// <summary>The event explorer over five million stored entries of twenty apps, asked about the largest.</summary>
public static class Explorer
{
    public static async Task RunAsync(Report report, long entries, string? data)
    {
        await using var server = await ServerProcess.StartAsync(data: data);
        await server.KnowAppAsync();
        await using var stored = await StoredEntries.ConnectAsync(server.Data);
        await stored.FillAsync(Guid.Parse(server.AppId), entries);
        Console.WriteLine(report);
        await Task.Delay(TimeSpan.FromHours(1));
    }
}
