using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace EventEngine.Web.Api;

/// <summary>The query API: who may ask, how answers and errors look, and the document that describes it.</summary>
public static class ApiRegistration
{
    private const string Policy = "QueryApi", EitherScheme = "TokenOrCookie";
    private static readonly int[] Failures = [400, 401, 404, 503];

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<AccessTokenCache>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, AccessTokenHandler>(AccessTokenHandler.SchemeName, configureOptions: null)
            .AddPolicyScheme(EitherScheme, displayName: null, either =>
            {
                either.ForwardDefaultSelector = SchemeOf;
                either.ForwardChallenge = AccessTokenHandler.SchemeName;
                either.ForwardForbid = AccessTokenHandler.SchemeName;
            });
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(EitherScheme).RequireAuthenticatedUser().RequireClaim(Caller.OrganizationClaim));
        services.AddApiDocument();
        return services;
    }

    /// <summary>Before authentication: errors of programs' interfaces are JSON, those of pages are not.</summary>
    public static void UseApiErrors(this IApplicationBuilder app) =>
        app.UseWhen(context => IsForPrograms(context.Request.Path), programs => programs.UseMiddleware<ApiErrors>());

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization(Policy).AddEndpointFilter<MinPosition>().WithTags("Query")
            .WithMetadata([.. Failures.Select(status => new ProducesResponseTypeMetadata(status, typeof(ApiError), ["application/json"]))]);
        api.MapAppEndpoints();
        api.MapEventEndpoints();
        api.MapOrganizationEndpoints();
        app.MapOpenApi("/openapi/{documentName}.json");
    }

    // The pages' own calls carry the session's cookie. A header, even a wrong one, is what the caller meant.
    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || context.Request.Cookies.Count == 0
            ? AccessTokenHandler.SchemeName
            : CookieAuthenticationDefaults.AuthenticationScheme;

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/v1") || path.StartsWithSegments("/openapi");
}
