using System.Text;

namespace EventEngine.Web.Tests.Mail;

/// <summary>A mail as its reader sees it in plain text.</summary>
public sealed record SentMail(string To, string Subject, string Text)
{
    public static SentMail Parse(IReadOnlyList<string> lines)
    {
        var header = string.Join('\n', lines.TakeWhile(line => line.Length > 0)).Replace("\n ", "", StringComparison.Ordinal).Split('\n');
        var text = lines.SkipWhile(line => !line.StartsWith("Content-Type: text/plain", StringComparison.OrdinalIgnoreCase)).SkipWhile(line => line.Length > 0).Skip(1)
            .TakeWhile(line => !line.StartsWith("--", StringComparison.Ordinal) || line.StartsWith("-- ", StringComparison.Ordinal)).ToList();
        return new SentMail(Of(header, "To"), Of(header, "Subject"), Decode(lines, text));
    }

    /// <summary>The path of the one link that it is about.</summary>
    public string Link() => new Uri(Text.Split('\n').First(line => line.StartsWith("http", StringComparison.Ordinal)).Trim()).PathAndQuery;

    private static string Of(string[] header, string name) => header.First(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

    private static string Decode(IReadOnlyList<string> mail, List<string> text)
    {
        var encoding = mail.SkipWhile(line => !line.StartsWith("Content-Type: text/plain", StringComparison.OrdinalIgnoreCase)).TakeWhile(line => line.Length > 0)
            .First(line => line.StartsWith("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase)).Split(": ")[1];
        return encoding.Equals("base64", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(text)))
            : QuotedPrintable(text);
    }

    private static string QuotedPrintable(List<string> lines)
    {
        var joined = string.Join('\n', lines.Select(line => line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line)).Replace("=\n", "", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(joined, "=[0-9A-F]{2}", match => ((char)Convert.ToByte(match.Value[1..], 16)).ToString(), default, TimeSpan.FromSeconds(1));
    }
}
