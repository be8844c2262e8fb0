using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EventEngine.Web.Api;

/// <summary>The OpenAPI document: what the framework reads off the endpoints, and what it can't know.</summary>
internal static class ApiDocument
{
    private const string AccessToken = "access_token", ApiKey = "api_key", ApiKeyHeader = "api_key_header";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", document =>
    {
        document.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/") == true || endpoint.RelativePath?.StartsWith("v1/") == true;
        document.AddDocumentTransformer((described, _, _) => Introduce(described));
        document.AddOperationTransformer((operation, context, _) => Secure(operation, context));
        document.AddOperationTransformer(IngestDocument.DescribeBodyAsync);
        document.AddSchemaTransformer((schema, context, _) => NameIds(schema, context.JsonTypeInfo.Type));
    });

    private static Task Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "EventEngine Cloud",
            Version = "v1",
            Description = "Report the life of your events, and ask what became of them. Every answer of the query API says in as_of how fresh it is.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [AccessToken] = Bearer(
                "An access token of the organization, which opens what it was issued for; queries need the scope read. Or a person's token from /api/v1/auth/token."),
            [ApiKey] = Bearer("The API key of the app that reports."),
            [ApiKeyHeader] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-API-Key",
                Description = "The same key in a header of its own.",
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Bearer(string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description };

    private static Task Secure(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var isQuery = context.Description.RelativePath?.StartsWith("api/") == true;
        if (isQuery && context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()) return Task.CompletedTask;
        var isOpenToKeys = context.Description.ActionDescriptor.EndpointMetadata.OfType<OpenToKeys>().Any();
        string[] schemes = !isQuery ? [ApiKey, ApiKeyHeader] : isOpenToKeys ? [AccessToken, ApiKey, ApiKeyHeader] : [AccessToken];
        operation.Security =
            [.. schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] })];
        if (!isQuery) return Task.CompletedTask;
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = MinPosition.Parameter,
            In = ParameterLocation.Query,
            Description = "A position that an answer gave: waits, at most 2 seconds, until this answer can hold it.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        return Task.CompletedTask;
    }

    private static Task NameIds(OpenApiSchema schema, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(AppId) || plain == typeof(OrganizationId)) (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^[0-9a-f]{32}$");
        if (plain == typeof(StorePosition)) schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        return Task.CompletedTask;
    }
}
