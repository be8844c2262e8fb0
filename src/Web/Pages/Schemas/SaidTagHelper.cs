using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace EventEngine.Web.Pages.Schemas;

/// <summary><c>&lt;said text="…" /&gt;</c>: a sentence in which names stand between back quotes.</summary>
[HtmlTargetElement("said", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SaidTagHelper : TagHelper
{
    public string Text { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var parts = Text.Split('`').Select(HtmlEncoder.Default.Encode).ToArray();
        output.Content.SetHtmlContent(string.Concat(parts.Select((part, at) => at % 2 == 0 ? part : $"<code>{part}</code>")));
    }
}
