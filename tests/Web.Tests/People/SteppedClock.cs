namespace EventEngine.Web.Tests.People;

/// <summary>Stands still until it is moved.</summary>
public sealed class SteppedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
