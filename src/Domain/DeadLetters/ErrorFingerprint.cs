using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventEngine.Domain.DeadLetters;

/// <summary>What errors of one kind have in common: their class, and their message without what varies. Written as 16 hexadecimal digits.</summary>
public readonly record struct ErrorFingerprint(long Value)
{
    /// <summary>Goes into every fingerprint: other rules would group otherwise, and must not look as if they were these.</summary>
    public const int RulesVersion = 1;

    /// <summary>Every error has one, also that without class or message.</summary>
    public static ErrorFingerprint Of(string? errorClass, string? message)
    {
        var text = $"{RulesVersion}\n{errorClass}\n{ErrorPattern.Of(message)}";
        return new ErrorFingerprint(BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <returns>Null for a text that is no fingerprint.</returns>
    public static ErrorFingerprint? Parse(string? text) =>
        text?.Length == 16 && long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? new ErrorFingerprint(value) : null;

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
