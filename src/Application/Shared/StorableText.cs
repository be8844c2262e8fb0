using FluentValidation;

namespace EventEngine.Application.Shared;

public static class StorableText
{
    /// <summary>Postgres can't take NUL, and UTF-8 has no lone surrogates: what holds one was never stored.</summary>
    public static bool CanBeStored(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i])) return false;
            if (!char.IsHighSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }

        return true;
    }

    /// <summary>Up to 200 characters that an event could have in a name or id.</summary>
    public static IRuleBuilderOptions<T, string?> SearchText<T>(this IRuleBuilder<T, string?> rule, string name) =>
        rule.MaximumLength(200).WithMessage($"{name} has at most 200 characters.")
            .Must(text => text is null || CanBeStored(text)).WithMessage($"{name} holds a character that no event can have.");

    /// <summary>A pattern of LIKE for text that begins so.</summary>
    public static string Prefix(string text) => $"{Escape(text)}%";

    /// <summary>A pattern of LIKE for text that contains this.</summary>
    public static string Part(string text) => $"%{Escape(text)}%";

    private static string Escape(string text) => text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
}
