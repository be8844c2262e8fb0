using System.Globalization;
using System.Text;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace EventEngine.Web.Pages.Shared;

/// <summary><c>&lt;ago at="…" /&gt;</c>: relative in words, exact on hover, kept true by the script.</summary>
[HtmlTargetElement("ago", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AgoTagHelper(Viewer viewer) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    /// <summary>What stands there when it never happened.</summary>
    public string Never { get; set; } = "never";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.TagName = "span";
            output.Attributes.SetAttribute("class", "faint");
            output.Content.SetContent(Never);
            return;
        }

        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("data-ago", "");
        output.Attributes.SetAttribute("title", viewer.Exactly(at));
        output.Content.SetContent(Words.Ago(at, viewer.Now));
    }
}

/// <summary><c>&lt;health of="…" /&gt;</c>: shape, word and colour; with <c>dot-only</c> the word is for screen readers and on hover.</summary>
[HtmlTargetElement("health", TagStructure = TagStructure.WithoutEndTag)]
public sealed class HealthTagHelper : TagHelper
{
    public AppHealth Of { get; set; }

    public bool DotOnly { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var (word, tone) = (Words.Of(Of), Words.Tone(Of));
        output.Attributes.SetAttribute("class", DotOnly ? $"dot {tone}" : $"badge {tone}");
        if (DotOnly)
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", word);
            output.Attributes.SetAttribute("title", word);
            return;
        }

        output.Content.SetHtmlContent($"<i class=\"dot {tone}\" aria-hidden=\"true\"></i>{word}");
    }
}

/// <summary><c>&lt;status of="…" /&gt;</c>: the status of an event as a badge.</summary>
[HtmlTargetElement("status", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StatusTagHelper : TagHelper
{
    public EntryStatus Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var tone = Words.Tone(Of);
        output.Attributes.SetAttribute("class", $"badge {tone}");
        output.Content.SetHtmlContent($"<i class=\"dot {tone}\" aria-hidden=\"true\"></i>{Words.Of(Of)}");
    }
}

/// <summary><c>&lt;spark values="…" /&gt;</c>: a small line without axes; the numbers beside it say the same.</summary>
[HtmlTargetElement("spark", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SparkTagHelper : TagHelper
{
    private const int Width = 120;
    private const int Height = 26;
    private const int MostPoints = 60;

    public IReadOnlyList<long> Values { get; set; } = [];

    /// <summary>s2, s3 or sbad; the first series' colour without.</summary>
    public string Tone { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"spark {Tone}".TrimEnd());
        output.Attributes.SetAttribute("viewBox", $"0 0 {Width} {Height}");
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        output.Attributes.SetAttribute("aria-hidden", "true");
        if (Values.Count < 2) return;
        var line = Line(Coarse());
        output.Content.SetHtmlContent($"<path class=\"area\" d=\"{line}L{Width} {Height}L0 {Height}Z\"/><path d=\"{line}\"/>");
    }

    // More points than there is room for would be a smear.
    private List<double> Coarse() => [.. Values.Chunk(1 + (Values.Count / MostPoints)).Select(part => part.Average())];

    private static string Line(List<double> values)
    {
        var most = Math.Max(1, values.Max()) * 1.1;
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            var x = i * (double)Width / (values.Count - 1);
            var y = Height - 1 - (values[i] / most * (Height - 2));
            path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        }

        return path.ToString();
    }
}
