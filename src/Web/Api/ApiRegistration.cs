using EventEngine.Web.People;
using Microsoft.AspNetCore.Authentication;

namespace EventEngine.Web.Api;

/// <summary>The query API: who may ask, how answers and errors look, and the document that describes it.</summary>
public static class ApiRegistration
{
    private const string Policy = "QueryApi", SignedInPolicy = "SignedIn", EitherScheme = "TokenOrCookie";
    private static readonly int[] Failures = [400, 401, 403, 404, 503];

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<AccessTokenCache>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, AccessTokenHandler>(AccessTokenHandler.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, AppKeyHandler>(AppKeyHandler.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, PersonTokenHandler>(PersonTokenHandler.SchemeName, configureOptions: null)
            .AddPolicyScheme(EitherScheme, displayName: null, either =>
            {
                either.ForwardDefaultSelector = SchemeOf;
                either.ForwardChallenge = AccessTokenHandler.SchemeName;
                either.ForwardForbid = AccessTokenHandler.SchemeName;
            });
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(EitherScheme).RequireAuthenticatedUser().RequireClaim(Caller.OrganizationClaim))
            .AddPolicy(SignedInPolicy, policy => policy.AddAuthenticationSchemes(EitherScheme).RequireAuthenticatedUser());
        services.AddApiDocument();
        return services;
    }

    /// <summary>Before authentication: errors of programs' interfaces are JSON, those of pages are not.</summary>
    public static void UseApiErrors(this IApplicationBuilder app) =>
        app.UseWhen(context => IsForPrograms(context.Request.Path), programs => programs.UseMiddleware<ApiErrors>());

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var query = Group(app, Policy, "Query").AddEndpointFilter<PermissionFilter>();
        query.MapAppEndpoints();
        query.MapEventEndpoints();
        query.MapSchemaEndpoints();
        query.MapDeadLetterEndpoints();
        query.MapDeployEndpoints();
        query.MapOrganizationEndpoints();
        query.MapUsageEndpoints();
        query.MapManagedAppEndpoints();
        query.MapRetryEndpoints();
        Group(app, SignedInPolicy, "Tenants").MapTenantEndpoints();
        app.MapAuthEndpoints();
        app.MapOpenApi("/openapi/{documentName}.json");
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder app, string policy, string tag) =>
        app.MapGroup("/api/v1").RequireAuthorization(policy).AddEndpointFilter<MinPosition>().WithTags(tag)
            .WithMetadata([.. Failures.Select(status => new ProducesResponseTypeMetadata(status, typeof(ApiError), ["application/json"]))]);

    // The pages' own calls carry the session's cookie. A header, even a wrong one, is what the caller meant. The cookie only reads: a form
    // on somebody else's page could send it along.
    private static string SchemeOf(HttpContext context) =>
        PersonTokenHandler.IsMeant(context.Request) ? PersonTokenHandler.SchemeName
        : OpenToKeys.Is(context.GetEndpoint()) ? AppKeyHandler.SchemeName
        : context.GetEndpoint()?.Metadata.GetMetadata<ForPrograms>() is not null || context.Request.Headers.Authorization.Count > 0 || context.Request.Cookies.Count == 0 || !HttpMethods.IsGet(context.Request.Method)
            ? AccessTokenHandler.SchemeName
            : SessionHandler.SchemeName;

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/v1") || path.StartsWithSegments("/openapi");
}
