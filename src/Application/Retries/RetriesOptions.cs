namespace EventEngine.Application.Retries;

public sealed class RetriesOptions
{
    /// <summary>Requests under way to one app at a time.</summary>
    public int InFlight { get; set; } = 8;

    /// <summary>For how long a retry waits for an app that can't be reached, before it gives up what it has not sent.</summary>
    public int OfflineMinutes { get; set; } = 15;

    /// <summary>The most events of one retry.</summary>
    public int MaxItems { get; set; } = 100_000;

    /// <summary>For how long after its end the app's report of a retry is looked for.</summary>
    public int ConfirmHours { get; set; } = 24;

    public TimeSpan Patience => TimeSpan.FromMinutes(OfflineMinutes);
}
