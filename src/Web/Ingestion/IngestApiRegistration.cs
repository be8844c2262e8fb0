namespace EventEngine.Web.Ingestion;

public static class IngestApiRegistration
{
    public static IServiceCollection AddIngestApi(this IServiceCollection services) => services
        .AddSingleton(_ => new InFlightBytes())
        .AddSingleton<ReporterGate>()
        .AddSingleton<IngestionMetrics>()
        .AddSingleton<IngestionEndpoints>()
        .AddTransient<IStartupFilter, SlashRewriting>();

    public static void MapIngestApi(this IEndpointRouteBuilder routes)
    {
        var endpoints = routes.ServiceProvider.GetRequiredService<IngestionEndpoints>();
        routes.MapPost("/v1/ingest/events", endpoints.PostEventsAsync);
        routes.MapPost("/v1/ingest/heartbeat", endpoints.PostHeartbeatAsync);
    }

    /// <summary>
    /// The Ruby client joins its endpoint and <c>/events</c> with a second slash when the endpoint ends in one.
    /// A startup filter, because it must come before routing, and routing comes before the rest of the pipeline.
    /// </summary>
    private sealed class SlashRewriting : IStartupFilter
    {
        private const string Prefix = "/v1/";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, proceed) =>
            {
                var path = http.Request.Path.Value;
                if (path is not null && path.StartsWith(Prefix, StringComparison.Ordinal) && path.Contains("//", StringComparison.Ordinal))
                    http.Request.Path = "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
                return proceed(http);
            });
            next(app);
        };
    }
}
