using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Domain.Schemas;

/// <summary>
/// The gem's fingerprint: SHA-256 of a compact JSON text with sorted inputs and fields, every value of a field a string. Version, process
/// type, subject and domain are left out of it.
/// </summary>
public static class SchemaFingerprint
{
    public static string Of(SchemaDefinition definition) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(definition))));

    /// <summary>What is hashed.</summary>
    public static string Canonical(SchemaDefinition definition)
    {
        var text = new StringBuilder("{\"event_name\":").Quote(definition.EventName).Append(",\"event_type\":").Quote(definition.EventType);
        text.Append(",\"required_inputs\":[").Names(definition.RequiredInputs).Append("],\"optional_inputs\":[").Names(definition.OptionalInputs);
        text.Append("],\"payload_fields\":[");
        var isFirst = true;
        foreach (var field in definition.PayloadFields.OrderBy(field => field.Name, Utf8Order.Comparer))
        {
            text.Append(isFirst ? "{\"name\":" : ",{\"name\":").Quote(field.Name).Append(",\"required\":").Quote(field.Required ? "true" : "false");
            text.Append(",\"from\":").Quote(field.From).Append(",\"attr\":").Quote(field.Attr ?? "").Append('}');
            isFirst = false;
        }

        return text.Append("]}").ToString();
    }

    private static StringBuilder Names(this StringBuilder text, IEnumerable<string> names)
    {
        var isFirst = true;
        foreach (var name in names.Order(Utf8Order.Comparer))
        {
            if (!isFirst) text.Append(',');
            text.Quote(name);
            isFirst = false;
        }

        return text;
    }

    // As ActiveSupport's encoder: what could end a script element is escaped, too; all else stays as it is.
    private static StringBuilder Quote(this StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(letter),
            };
        }

        return text.Append('"');
    }
}
