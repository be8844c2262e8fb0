using EventEngine.Domain.DeadLetters;
using EventEngine.Web.Pages.Shared;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace EventEngine.Web.Pages.DeadLetters;

/// <summary><c>&lt;group-state of="…" /&gt;</c>: how a group of dead letters stands, as a badge.</summary>
[HtmlTargetElement("group-state", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GroupStateTagHelper : TagHelper
{
    public GroupState Of { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"badge {Words.Tone(Of)}");
        output.Content.SetContent(Words.Of(Of));
    }
}
