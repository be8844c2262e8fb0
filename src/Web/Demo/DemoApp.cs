namespace EventEngine.Web.Demo;

/// <summary>A simulated app: what it emits, how much, how slowly it publishes and how it fails. Times are the simulation's own.</summary>
/// <param name="PerMinute">Mean number of events in a minute.</param>
/// <param name="MedianLatency">Median time from emitted to published.</param>
/// <param name="FailureShare">Share of events (0 to 1) that end as dead letters.</param>
/// <param name="Alive">Whether it reports and beats at that time after the simulation began (negative: history).</param>
/// <param name="DeploysEvery">By the clock, so that a deploy told again is the same one.</param>
/// <param name="LosesOneIn">So many events, of which nothing is heard after they were emitted; 0: none.</param>
/// <param name="IsRubyShaped">Two lean entries an event, whole seconds, as the Ruby gem sends; else the richer form.</param>
public sealed record DemoApp(
    string Name,
    string Environment,
    IReadOnlyList<DemoEvent> Events,
    IReadOnlyList<DemoError> Errors,
    Func<DateTimeOffset, double> PerMinute,
    Func<DateTimeOffset, TimeSpan> MedianLatency,
    Func<DateTimeOffset, double> FailureShare,
    Func<TimeSpan, bool> Alive,
    TimeSpan DeploysEvery,
    int LosesOneIn = 0,
    bool IsRubyShaped = false);

/// <summary>A kind of event and its share among the app's events.</summary>
public sealed record DemoEvent(string Name, int Version, double Weight, string Aggregate);

/// <summary>An error with one variable part, written as <c>{0}</c>.</summary>
public sealed record DemoError(string Class, string Message);
