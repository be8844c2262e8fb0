namespace EventEngine.Domain.Shared;

/// <summary>A decision that the rules forbid. <see cref="Code"/> is stable for programs, the message is for people.</summary>
public sealed class DomainException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
