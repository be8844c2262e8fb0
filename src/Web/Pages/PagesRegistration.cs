using EventEngine.Application.People;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace EventEngine.Web.Pages;

public static class PagesRegistration
{
    private static readonly TimeSpan Session = TimeSpan.FromDays(14);
    private static readonly string[] NotPages = ["/api", "/v1", "/live", "/health", "/metrics", "/openapi"];

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<Viewer>();
        services.AddScoped<Shell>();
        services.AddSingleton<SignInAttempts>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(ConfigureSession);
        services.AddAuthorization();
        services.AddRazorPages(pages => pages.Conventions.AuthorizeFolder("/").ConfigureFilter(new PageAnswers()));
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

    public static void MapPages(this WebApplication app)
    {
        app.MapRazorPages();
        app.MapGet("/", (HttpContext context) => Results.LocalRedirect(context.User.Identity?.IsAuthenticated == true ? "/dashboard" : "/sign-in"));
    }

    private static bool IsPage(HttpContext context) =>
        !NotPages.Any(path => context.Request.Path.StartsWithSegments(path)) && !context.Request.Path.StartsWithSegments("/v1");

    /// <summary>A file asked for by its content's hash never changes.</summary>
    private static void KeepVersioned(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";

    private static void ConfigureSession(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "ee_session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Session;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "ReturnUrl";
        options.Events.OnRedirectToLogin = context => RedirectOrRefuse(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>A person is shown the way in; a script is told.</summary>
    private static Task RedirectOrRefuse(RedirectContext<CookieAuthenticationOptions> context, int refusal)
    {
        if (IsPage(context.HttpContext) && !context.Request.IsLive()) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = refusal;
        return Task.CompletedTask;
    }
}
