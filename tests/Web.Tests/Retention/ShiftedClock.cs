namespace EventEngine.Web.Tests.Retention;

/// <summary>The real time and what a test adds to it; waiting takes as long as ever.</summary>
public sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
