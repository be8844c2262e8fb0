namespace EventEngine.Domain.Shared;

/// <summary>The stable name, with its version, under which a fact is stored: <c>EntryReported.v1</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FactTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
