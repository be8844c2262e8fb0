using Microsoft.AspNetCore.Razor.TagHelpers;

namespace EventEngine.Web.Pages.Shared;

/// <summary><c>&lt;icon name="home" /&gt;</c>: one line weight, 20 by 20, never the only bearer of a meaning.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    private static readonly Dictionary<string, string> Shapes = new(StringComparer.Ordinal)
    {
        ["home"] = "<path d=\"M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1z\"/>",
        ["apps"] = "<rect x=\"3\" y=\"3\" width=\"6\" height=\"6\" rx=\"1.5\"/><rect x=\"11\" y=\"3\" width=\"6\" height=\"6\" rx=\"1.5\"/>"
            + "<rect x=\"3\" y=\"11\" width=\"6\" height=\"6\" rx=\"1.5\"/><rect x=\"11\" y=\"11\" width=\"6\" height=\"6\" rx=\"1.5\"/>",
        ["pipeline"] = "<path d=\"M3 6h5l4 8h5M3 14h4M13 6h4\"/>",
        ["schemas"] = "<path d=\"M8 3.500H6.500A1.500 1.500 0 0 0 5 5v3L3.500 10 5 12v3a1.500 1.500 0 0 0 1.500 1.500H8M12 3.500h1.500A1.500 1.500 0 0 1 15 5v3l1.500 2-1.500 2v3a1.500 1.500 0 0 1-1.500 1.500H12\"/>",
        ["minus"] = "<path d=\"M4 10h12\"/>",
        ["change"] = "<path d=\"M4 7h11l-3-3M16 13H5l3 3\"/>",
        ["same"] = "<path d=\"M5 8h10M5 12h10\"/>",
        ["search"] = "<circle cx=\"9\" cy=\"9\" r=\"5\"/><path d=\"m13 13 4 4\"/>",
        ["theme"] = "<circle cx=\"10\" cy=\"10\" r=\"3.5\"/><path d=\"M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M15.3 4.7l-1.4 1.4M6.1 13.9l-1.4 1.4\"/>",
        ["settings"] = "<path d=\"M3 6h8M15 6h2M3 14h2M9 14h8\"/><circle cx=\"13\" cy=\"6\" r=\"2\"/><circle cx=\"7\" cy=\"14\" r=\"2\"/>",
        ["people"] = "<circle cx=\"8\" cy=\"7\" r=\"3\"/><path d=\"M2.500 16.500c.5-3 2.700-4.500 5.500-4.500s5 1.500 5.500 4.500M13 4.300a3 3 0 0 1 0 5.400M15 12.500c1.500.7 2.300 2 2.500 4\"/>",
        ["key"] = "<circle cx=\"7\" cy=\"13\" r=\"3.500\"/><path d=\"M9.500 10.500 16.500 3.500M13 7l2.500 2.500\"/>",
        ["plus"] = "<path d=\"M10 4v12M4 10h12\"/>",
        ["mail"] = "<rect x=\"2.500\" y=\"4.500\" width=\"15\" height=\"11\" rx=\"1.500\"/><path d=\"m3 6 7 5 7-5\"/>",
        ["check"] = "<path d=\"m4 10.5 4 4 8-9\"/>",
        ["cross"] = "<path d=\"m5 5 10 10M15 5 5 15\"/>",
        ["warning"] = "<path d=\"M10 3.5 17.5 16h-15zM10 8.500v3.500M10 14v.01\"/>",
        ["chevron"] = "<path d=\"m7 4 6 6-6 6\"/>",
        ["braces"] = "<path d=\"M8 3.500c-2 0-2.500 1-2.500 2.500v2c0 1.200-.6 2-2 2 1.400 0 2 .8 2 2v2c0 1.500.5 2.500 2.500 2.500M12 3.500c2 0 2.500 1 2.500 2.500v2c0 1.200.6 2 2 2-1.400 0-2 .8-2 2v2c0 1.500-.5 2.500-2.500 2.500\"/>",
        ["copy"] = "<rect x=\"7\" y=\"7\" width=\"9\" height=\"9\" rx=\"1.5\"/><path d=\"M13 7V5.500A1.500 1.500 0 0 0 11.500 4h-6A1.500 1.500 0 0 0 4 5.500v6A1.500 1.500 0 0 0 5.500 13H7\"/>",
        ["link"] = "<path d=\"M8.500 11.500a3 3 0 0 0 4.300 0l2.700-2.700a3 3 0 0 0-4.300-4.300l-.7.7M11.500 8.500a3 3 0 0 0-4.300 0l-2.700 2.700a3 3 0 0 0 4.300 4.300l.7-.7\"/>",
        ["inbox"] = "<path d=\"M3 11.500 5 4.500h10l2 7V16H3zM3 11.500h4l1 2h4l1-2h4\"/>",
        ["exit"] = "<path d=\"M8 4H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h3M12.500 13.500 16 10l-3.500-3.500M16 10H8\"/>",
        ["retry"] = "<path d=\"M4 10a6 6 0 0 1 10.300-4.200L16.500 8M16.500 4v4h-4M16 10a6 6 0 0 1-10.300 4.200L3.500 12M3.500 16v-4h4\"/>",
        ["keys"] = "<rect x=\"2.500\" y=\"5\" width=\"15\" height=\"10\" rx=\"1.500\"/><path d=\"M5.500 8h.01M8.500 8h.01M11.500 8h.01M14.500 8h.01M6.500 12h7\"/>",
    };

    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("viewBox", "0 0 20 20");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent(Shapes[Name]);
    }
}
