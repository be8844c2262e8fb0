using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.People;

/// <summary>Walks every handler of every page that changes something: without the token of one of our own forms it is refused.</summary>
public sealed partial class ForgeryTests(PeopleHost host) : IClassFixture<PeopleHost>
{
    [Fact]
    public async Task No_form_of_another_site_is_taken()
    {
        var (browser, _, _, _) = await host.MemberAsync();
        var handlers = await PostHandlersAsync();
        handlers.Count.ShouldBeGreaterThan(15);
        foreach (var path in handlers)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["Email"] = "x@example.test" });
            (await browser.Client.PostAsync(path, form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        }
    }

    [Fact]
    public async Task The_cookie_alone_changes_nothing_through_the_query_API()
    {
        var (browser, _, _, _) = await host.MemberAsync();
        (await browser.GetAsync("/api/v1/apps")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var endpoint in Endpoints().Where(endpoint => endpoint.Path.StartsWith("/api/", StringComparison.Ordinal) && endpoint.Method != "GET" && !endpoint.IsOpen))
        {
            using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), endpoint.Path) { Content = new StringContent("{}", null, "application/json") };
            (await browser.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, endpoint.Path);
        }
    }

    private async Task<List<string>> PostHandlersAsync()
    {
        var loader = host.Services.GetRequiredService<PageLoader>();
        var paths = new List<string>();
        foreach (var page in host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            if (compiled.HandlerTypeInfo.IsDefined(typeof(IgnoreAntiforgeryTokenAttribute), inherit: true)) continue;
            var path = "/" + Parameter().Replace(page.AttributeRouteInfo!.Template!, Guid.NewGuid().ToString("N"));
            paths.AddRange(compiled.HandlerMethods.Where(IsPost).Select(handler => handler.Name is null ? path : $"{path}?handler={handler.Name}"));
        }

        return [.. paths.Distinct()];
    }

    private static bool IsPost(HandlerMethodDescriptor handler) => handler.HttpMethod.Equals("POST", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    private IEnumerable<(string Path, string Method, bool IsOpen)> Endpoints() =>
        from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        let path = "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "x")
        select (path, method, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
}
