using EventEngine.Domain.Organizations;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace EventEngine.Web.Pages.Shared;

/// <summary>
/// <c>needs="ManageApps"</c> on a control: whoever may not do that finds it disabled, and is told which role it needs. Buttons and links
/// stay within reach of the keyboard, so that the reason is too.
/// </summary>
[HtmlTargetElement("button", Attributes = AttributeName)]
[HtmlTargetElement("a", Attributes = AttributeName)]
[HtmlTargetElement("input", Attributes = AttributeName, TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", Attributes = AttributeName)]
[HtmlTargetElement("textarea", Attributes = AttributeName)]
public sealed class NeedsTagHelper(Viewer viewer) : TagHelper
{
    private const string AttributeName = "needs";
    private static readonly string[] Effects = ["href", "name", "value", "form", "formaction", "data-dialog", "data-copy", "popovertarget"];

    [HtmlAttributeName(AttributeName)]
    public Permission Permission { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (viewer.Can(Permission)) return;
        var reason = Words.Needs(Permission);
        output.Attributes.SetAttribute("title", reason);
        output.Attributes.SetAttribute("aria-disabled", "true");
        var told = $"<span class=\"visually-hidden\"> ({reason})</span>";
        if (context.TagName is "button" or "a")
        {
            Disarm(context.TagName, output.Attributes);
            output.PostContent.AppendHtml(told);
            return;
        }

        output.Attributes.SetAttribute("disabled", "disabled");
        output.PostElement.AppendHtml(told);
    }

    private static void Disarm(string tag, TagHelperAttributeList attributes)
    {
        foreach (var effect in Effects) attributes.RemoveAll(effect);
        if (tag == "button")
        {
            attributes.SetAttribute("type", "button");
            return;
        }

        attributes.SetAttribute("role", "link");
        attributes.SetAttribute("tabindex", "0");
    }
}
