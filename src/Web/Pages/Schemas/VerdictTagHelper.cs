using EventEngine.Application.Schemas;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace EventEngine.Web.Pages.Schemas;

/// <summary><c>&lt;verdict of="…" /&gt;</c>: how a version fares, as a badge.</summary>
[HtmlTargetElement("verdict", TagStructure = TagStructure.WithoutEndTag)]
public sealed class VerdictTagHelper : TagHelper
{
    public SchemaState Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var (word, tone) = Say(Of);
        output.Attributes.SetAttribute("class", $"badge {tone}");
        output.Content.SetHtmlContent($"<i class=\"dot {tone}\" aria-hidden=\"true\"></i>{word}");
    }

    public static (string Word, string Tone) Say(SchemaState state) => state switch
    {
        SchemaState.Undefined => ("Not defined", "idle"),
        SchemaState.FirstVersion => ("First version", "idle"),
        SchemaState.Unchecked => ("Not checked", "idle"),
        SchemaState.Compatible => ("Compatible", "ok"),
        _ => ("Breaking", "bad"),
    };
}
