using System.Text;

namespace EventEngine.Application.Mail;

/// <summary>A letter's plain form.</summary>
internal static class LetterText
{
    public static string Of(LetterContent content)
    {
        var text = new StringBuilder();
        text.Append(content.Heading).Append("\n\n");
        foreach (var paragraph in content.Paragraphs) text.Append(paragraph).Append("\n\n");
        if (content.Link is { } link) text.Append(link.Text).Append(":\n").Append(link.Address).Append("\n\n");
        text.Append("-- \n").Append(content.Footnote is null ? "" : content.Footnote + "\n").Append("EventEngine Cloud\n");
        return text.ToString();
    }
}
