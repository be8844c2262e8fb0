using System.Security.Claims;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace EventEngine.Web.Tests.Pages;

public sealed class NeedsTagHelperTests
{
    [Fact]
    public void Who_may_gets_the_control_as_it_was_written()
    {
        var button = Render("button", Role.Admin, ("type", "submit"), ("data-dialog", "delete"));
        Text(button).ShouldBe("type=submit data-dialog=delete |");
    }

    [Fact]
    public void A_button_for_others_does_nothing_and_says_which_role_it_needs()
    {
        var button = Render("button", Role.Developer, ("type", "submit"), ("formaction", "?handler=Delete"), ("data-dialog", "delete"));
        Text(button).ShouldBe(
            "type=button title=Needs the role admin or above aria-disabled=true | <span class=\"visually-hidden\"> (Needs the role admin or above)</span>");
    }

    [Fact]
    public void A_link_for_others_leads_nowhere_and_can_still_be_reached() =>
        Text(Render("a", Role.Member, ("href", "/secret"))).ShouldBe(
            "title=Needs the role admin or above aria-disabled=true role=link tabindex=0 | <span class=\"visually-hidden\"> (Needs the role admin or above)</span>");

    [Theory]
    [InlineData("input")]
    [InlineData("select")]
    [InlineData("textarea")]
    public void A_field_for_others_takes_nothing(string tag) =>
        Text(Render(tag, Role.Member, ("name", "Name"))).ShouldStartWith("name=Name title=Needs the role admin or above aria-disabled=true disabled=disabled |");

    private static TagHelperOutput Render(string tag, Role role, params (string Name, string Value)[] attributes)
    {
        var context = new TagHelperContext(tag, [], new Dictionary<object, object>(), "id");
        var output = new TagHelperOutput(tag, [.. attributes.Select(a => new TagHelperAttribute(a.Name, a.Value))], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        new NeedsTagHelper(ViewerWith(role)) { Permission = Permission.ManageApps }.Process(context, output);
        return output;
    }

    private static Viewer ViewerWith(Role role)
    {
        var identity = new ClaimsIdentity([new Claim(Claims.RoleClaim, role.ToString().ToLowerInvariant())], "test");
        var http = new DefaultHttpContext { User = new ClaimsPrincipal(identity) };
        return new Viewer(new HttpContextAccessor { HttpContext = http }, TimeProvider.System);
    }

    private static string Text(TagHelperOutput output) =>
        $"{string.Join(' ', output.Attributes.Select(a => $"{a.Name}={a.Value}"))} | {output.PostContent.GetContent()}{output.PostElement.GetContent()}".TrimEnd();
}
