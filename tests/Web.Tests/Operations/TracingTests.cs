using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using EventEngine.Testing;
using EventEngine.Web.Operations;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace EventEngine.Web.Tests.Operations;

public sealed class TracingTests
{
    private const string ApiKey = "ee_live_tracingtracingtracingtracing";

    [Fact]
    public async Task The_way_of_a_request_arrives_at_the_collector_and_no_secret_does()
    {
        await using var collector = await Collector.StartAsync();
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var host = new WebApplicationFactory<MetricsExposition>().WithWebHostBuilder(builder => builder
            .UseSetting("EventEngine:Postgres:ConnectionString", database.ConnectionString)
            .UseSetting("EventEngine:Bootstrap:Organization", "Acme")
            .UseSetting("EventEngine:Bootstrap:App", "shop")
            .UseSetting("EventEngine:Bootstrap:ApiKey", ApiKey)
            .UseSetting("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address)
            .UseSetting("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .UseSetting("OTEL_BSP_SCHEDULE_DELAY", "50"));

        await Eventually.Becomes(async () => await ReportAsync(host.CreateClient()) == HttpStatusCode.Accepted); // a host that has just started may ask to be tried again

        await Eventually.Holds(() =>
        {
            foreach (var name in new[] { "eventengine", "/v1/ingest/events", "store append", "store commit", "projection apply", "postgresql" })
                collector.Received.ShouldContain(name, customMessage: name);
            return Task.CompletedTask;
        });
        collector.Received.ShouldNotContain(ApiKey);
        collector.Received.ShouldNotContain(new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString).Password!);
    }

    private static Task<HttpStatusCode> ReportAsync(HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        var entry = new { event_id = 1, event_name = "order.placed", status = "published", timestamp = DateTimeOffset.UtcNow };
        return client.PostAsJsonAsync("/v1/ingest/events", new { entries = new[] { entry } }).ContinueWith(sent => sent.Result.StatusCode, TaskScheduler.Default);
    }
}
