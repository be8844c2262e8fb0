using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace EventEngine.Application.Mail;

/// <summary>A letter's form for mail programs that show HTML: styles inline and no images, since many of them drop the rest.</summary>
internal static class LetterHtml
{
    private const string Body = "margin:0;padding:24px;background:#f6f6f7;color:#1b1c1f;font:15px/1.55 -apple-system,'Segoe UI',Roboto,Arial,sans-serif";
    private const string Card = "max-width:520px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #e3e4e8;border-radius:8px";
    private const string Button = "display:inline-block;padding:10px 18px;border-radius:6px;background:#2f5bd8;color:#ffffff;font-weight:600;text-decoration:none";
    private const string Small = "max-width:520px;margin:16px auto 0;color:#5d616b;font-size:13px";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(LetterContent content)
    {
        var html = new StringBuilder();
        html.Append($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Safe(content.Heading)}</title></head>\n<body style=\"{Body}\">\n");
        html.Append($"<div style=\"{Card}\">\n<h1 style=\"margin:0 0 14px;font-size:19px\">{Safe(content.Heading)}</h1>\n");
        foreach (var paragraph in content.Paragraphs) html.Append($"<p style=\"margin:0 0 14px\">{Safe(paragraph)}</p>\n");
        if (content.Link is { } link) Append(html, link);
        html.Append($"</div>\n<p style=\"{Small}\">{(content.Footnote is null ? "" : Safe(content.Footnote) + "<br>")}EventEngine Cloud</p>\n</body></html>\n");
        return html.ToString();
    }

    private static void Append(StringBuilder html, LetterLink link)
    {
        var address = Safe(link.Address);
        html.Append($"<p style=\"margin:20px 0\"><a href=\"{address}\" style=\"{Button}\">{Safe(link.Text)}</a></p>\n");
        html.Append($"<p style=\"margin:0;color:#5d616b;font-size:13px\">Or open this address:<br><a href=\"{address}\" style=\"color:#2f5bd8;word-break:break-all\">{address}</a></p>\n");
    }

    private static string Safe(string text) => Encoder.Encode(text);
}
