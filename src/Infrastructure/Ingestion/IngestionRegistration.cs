using EventEngine.Application.Heartbeats;
using EventEngine.Application.Ingestion;
using EventEngine.Application.Schemas;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.Ingestion;

public static class IngestionRegistration
{
    public static IServiceCollection AddIngestion(this IServiceCollection services) => services
        .AddSingleton<IReporterDirectory, PostgresReporterDirectory>()
        .AddSingleton<Reporters>()
        .AddHostedService<ReporterRefresher>()
        .AddSingleton<RequestRates>()
        .AddSingleton<RefusedRequests>()
        .AddSingleton<KnownEventNames>()
        .AddSingleton<Quotas>()
        .AddSingleton<RefusedEntries>()
        .AddHostedService<RefusedEntriesWriter>()
        .AddSingleton<IngestBatch>()
        .AddSingleton<HeartbeatStreams>()
        .AddSingleton<SchemaReports>();
}
