using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Security;

/// <summary>What a running host answers to: every method of every route, and of pages every handler.</summary>
internal static class Surface
{
    public static async Task<IReadOnlyList<string>> OfAsync(IServiceProvider services)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
            foreach (var way in await WaysAsync(endpoint, services.GetRequiredService<PageLoader>())) names.Add(way);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<string>> WaysAsync(RouteEndpoint endpoint, PageLoader pages)
    {
        var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
            return (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Where(method => method != "OPTIONS").Select(method => $"{method} {route}");

        var compiled = page as CompiledPageActionDescriptor ?? await pages.LoadAsync(page, EndpointMetadataCollection.Empty);
        var handlers = compiled.HandlerMethods.Select(handler => $"{handler.HttpMethod.ToUpperInvariant()} {route}{(handler.Name is null ? "" : $"?handler={handler.Name}")}");
        return handlers.Append($"GET {route}").Distinct(); // a page without a handler answers to GET all the same
    }
}
