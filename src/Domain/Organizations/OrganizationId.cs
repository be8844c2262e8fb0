namespace EventEngine.Domain.Organizations;

/// <summary>A tenant. Its text form is 32 lower-case hexadecimal digits.</summary>
public readonly record struct OrganizationId(Guid Value)
{
    public static bool TryParse(string? text, out OrganizationId id)
    {
        var parsed = Guid.TryParse(text, out var value);
        id = new OrganizationId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("N");
}
