using EventEngine.Web.Pages.Shared;
using EventEngine.Web.People;
using EventEngine.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages;

public static class PagesRegistration
{
    private static readonly string[] NotPages = ["/api", "/v1", "/live", "/health", "/metrics", "/openapi", "/demo"];

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<Viewer>();
        services.AddScoped<Shell>();
        services.AddSessions();
        services.AddAuthorization();
        services.AddRazorPages(pages => pages.Conventions.AuthorizeFolder("/").ConfigureFilter(new PageAnswers()).ConfigureFilter(new OrganizationNeeded()).ConfigureFilter(new EnabledOrganizationNeeded()));
        services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = "ee_forgery";
            forgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddResponseCompression(compression => compression.EnableForHttps = false);
        return services;
    }

    /// <summary>Errors of pages as pages; the APIs have their own form.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseWhen(IsPage, pages =>
        {
            pages.UseExceptionHandler("/error/500");
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
        });
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = KeepVersioned });
    }

    public static void MapPages(this WebApplication app) => app.MapRazorPages();

    private static bool IsPage(HttpContext context) =>
        !NotPages.Any(path => context.Request.Path.StartsWithSegments(path)) && !context.Request.Path.StartsWithSegments("/v1");

    /// <summary>A file asked for by its content's hash never changes.</summary>
    private static void KeepVersioned(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
}
