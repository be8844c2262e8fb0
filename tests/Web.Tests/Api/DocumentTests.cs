using System.Text.Json.Nodes;
using EventEngine.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.Api;

/// <summary>The OpenAPI document says what the host does.</summary>
public sealed class DocumentTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Every_route_is_described_with_its_parameters_answers_and_security()
    {
        var document = await host.GetAsync("/openapi/v1.json");
        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject(), (path, operation) =>
            $"{operation.Key.ToUpperInvariant()} {path.Key} ({Parameters(operation.Value!)}{Body(operation.Value!)}) -> {Answers(operation.Value!)} [{Security(operation.Value!)}]");
        Snapshot.Matches(string.Join('\n', described.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task No_route_for_programs_is_missing()
    {
        var document = await host.GetAsync("/openapi/v1.json");
        var described = document["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal);
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("**", ""))
            .Where(route => route.StartsWith("/api/", StringComparison.Ordinal) || route.StartsWith("/v1/", StringComparison.Ordinal));
        described.ShouldBe(routes.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ids_positions_and_times_are_text()
    {
        var schemas = (await host.GetAsync("/openapi/v1.json"))["components"]!["schemas"]!;
        schemas["AppId"]!["type"]!.GetValue<string>().ShouldBe("string");
        schemas["StorePosition"]!["type"]!.ToJsonString().ShouldContain("string");
        schemas["AsOf"]!["properties"]!["at"]!.ToJsonString().ShouldContain("date-time");
        schemas["EventRow"]!["properties"]!["event_id"]!.ToJsonString().ShouldContain("string");
    }

    private static string Parameters(JsonNode operation) =>
        string.Join(", ", operation["parameters"]?.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()) ?? []);

    private static string Body(JsonNode operation) =>
        operation["requestBody"]?["content"]!["application/json"]!["schema"]!["properties"] is JsonObject fields
            ? $"{{{string.Join(", ", fields.Select(field => field.Key))}}}"
            : "";

    private static string Answers(JsonNode operation) => string.Join(' ', operation["responses"]!.AsObject().Select(answer =>
        answer.Value!["content"]?["application/json"]?["schema"]?["$ref"]?.GetValue<string>() is { } body ? $"{answer.Key}:{body.Split('/')[^1]}" : answer.Key));

    private static string Security(JsonNode operation) =>
        string.Join(" or ", operation["security"]?.AsArray().Select(requirement => requirement!.AsObject().Single().Key) ?? []);
}
