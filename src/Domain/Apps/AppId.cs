namespace EventEngine.Domain.Apps;

/// <summary>An app of a customer that reports to us. Its text form is 32 lower-case hexadecimal digits.</summary>
public readonly record struct AppId(Guid Value)
{
    public static bool TryParse(string? text, out AppId id)
    {
        var parsed = Guid.TryParse(text, out var value);
        id = new AppId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("N");
}
