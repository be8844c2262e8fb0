namespace EventEngine.Domain.Organizations;

/// <summary>The organization's plan does not allow more. Answers carry <c>upgrade_url</c>.</summary>
public sealed class PlanLimitException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
