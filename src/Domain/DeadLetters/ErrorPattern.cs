using System.Text;

namespace EventEngine.Domain.DeadLetters;

/// <summary>
/// An error's message with a star for each thing that varies. A pattern is its own pattern, and it never holds a digit. Never throws, and
/// the time it takes is bounded.
/// </summary>
public static class ErrorPattern
{
    /// <summary>Of the message, and of the pattern: what comes after tells kinds of errors apart no better.</summary>
    public const int MessageRead = 4_000, LongestPattern = 300;

    private const char Any = '*', Cut = '…';

    public static string Of(string? message)
    {
        if (string.IsNullOrWhiteSpace(message)) return "";
        var text = OneLine(message.Length > MessageRead ? message.AsSpan(0, MessageRead) : message).AsSpan();
        var pattern = new StringBuilder(Math.Min(text.Length, LongestPattern) + 16);
        for (var at = 0; at < text.Length && pattern.Length <= LongestPattern;) at += Append(pattern, text, at);
        return Shortened(pattern);
    }

    /// <summary>Whether a thing goes on here. A star or a cut is as good as a letter, so that a pattern has its words where its message had them.</summary>
    internal static bool IsOfWord(char one) => char.IsLetterOrDigit(one) || one is Any or Cut;

    /// <returns>How much of the text that was.</returns>
    private static int Append(StringBuilder to, ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        var begins = at == 0 || !IsOfWord(text[at - 1]);
        if (Quoted(rest, begins) is > 0 and var quoted)
        {
            to.Append(rest[0]).Append(Any).Append(rest[0]);
            return quoted;
        }

        if (Query(rest) is > 0 and var query)
        {
            to.Append('?').Append(Any);
            return query;
        }

        if (Variable(rest, begins) is > 0 and var variable)
        {
            to.Append(Any);
            return variable;
        }

        to.Append(rest[0]);
        return 1;
    }

    private static int Variable(ReadOnlySpan<char> text, bool begins)
    {
        if (begins && (char.IsAsciiLetterOrDigit(text[0]) || text[0] == ':'))
        {
            foreach (var rule in VariableRule.All)
                if (rule.LengthAt(text) is > 0 and var length) return length;
        }

        return Number(text);
    }

    private static int Number(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || (length > 0 && IsInsideNumber(text, length)))) length++;
        return length;
    }

    private static bool IsInsideNumber(ReadOnlySpan<char> text, int at) =>
        text[at] is '.' or ',' && char.IsAsciiDigit(text[at - 1]) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);

    // An apostrophe inside a word is no quotation mark: an opening one has no letter before it, a closing one none after it.
    private static int Quoted(ReadOnlySpan<char> text, bool begins)
    {
        if (text[0] is not ('"' or '\'') || (text[0] == '\'' && !begins)) return 0;
        var close = text[1..].IndexOfAny('"', text[0]) + 1;
        if (close <= 0 || text[close] != text[0]) return 0;
        return text[0] == '"' || close + 1 == text.Length || !IsOfWord(text[close + 1]) ? close + 1 : 0;
    }

    private static int Query(ReadOnlySpan<char> text)
    {
        if (text[0] != '?') return 0;
        var key = 1;
        while (key < text.Length && (char.IsAsciiLetter(text[key]) || text[key] is '_' or '-' or '.')) key++;
        if (key == 1 || key == text.Length || text[key] != '=') return 0;
        var end = text.IndexOfAny(" \"'<>");
        return end < 0 ? text.Length : end;
    }

    private static string OneLine(ReadOnlySpan<char> text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            if (!char.IsWhiteSpace(one)) line.Append(one);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    private static string Shortened(StringBuilder pattern)
    {
        if (pattern.Length <= LongestPattern) return pattern.ToString();
        var length = LongestPattern - 1;
        if (char.IsHighSurrogate(pattern[length - 1])) length--;
        return pattern.ToString(0, length) + Cut;
    }
}
