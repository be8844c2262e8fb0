namespace EventEngine.Domain.Apps;

/// <summary>How an app is doing; <c>healthy</c> is green, <c>waiting</c> and <c>quiet</c> and <c>lagging</c> yellow, <c>missing</c> red.</summary>
public enum AppHealth
{
    Waiting,
    Healthy,
    Quiet,
    Lagging,
    Missing,
}
