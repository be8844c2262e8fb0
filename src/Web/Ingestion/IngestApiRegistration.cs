using EventEngine.Web.Api;

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
        // Resolved at the first request: the data source behind them exists only once Postgres has started.
        var services = routes.ServiceProvider;
        RequestDelegate events = http => services.GetRequiredService<IngestionEndpoints>().PostEventsAsync(http);
        RequestDelegate heartbeat = http => services.GetRequiredService<IngestionEndpoints>().PostHeartbeatAsync(http);

        // An API key is no sign-in: ReporterGate looks at it.
        routes.MapPost("/v1/ingest/events", events).AllowAnonymous()
            .Describes(events, StatusCodes.Status202Accepted, typeof(ReceivedDescription), "What happened to events: kept before it is answered.");
        routes.MapPost("/v1/ingest/heartbeat", heartbeat).AllowAnonymous()
            .Describes(heartbeat, StatusCodes.Status200OK, typeof(NothingDescription), "A sign of life, and the schemas in use.");
    }

    /// <summary>
    /// The Ruby client joins its endpoint and <c>/events</c> with a second slash when the endpoint ends in one.
    /// A startup filter, because it must come before routing, and routing comes before the rest of the pipeline.
    /// </summary>
    private sealed class SlashRewriting : IStartupFilter
    {
        private const string Prefix = "v1/";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, proceed) =>
            {
                var path = http.Request.Path.Value;
                if (path is not null && path.Contains("//", StringComparison.Ordinal) && path.AsSpan().TrimStart('/').StartsWith(Prefix))
                    http.Request.Path = "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
                return proceed(http);
            });
            next(app);
        };
    }
}
