using EventEngine.Projections.Apps;
using EventEngine.Projections.DeadLetters;
using EventEngine.Projections.Deploys;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Organizations;
using EventEngine.Projections.Retention;
using EventEngine.Projections.Retries;
using EventEngine.Projections.Schemas;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Projections.Runtime;

public static class ProjectionsRegistration
{
    /// <summary>All projections and the engine that runs them in this process, unless the settings leave that to workers.</summary>
    public static IServiceCollection AddProjections(this IServiceCollection services)
    {
        services
            .AddSingleton<IProjection, AppsProjection>()
            .AddSingleton<IProjection, OrganizationsProjection>()
            .AddSingleton<IProjection, SchemasProjection>()
            .AddSingleton<IProjection, HeartbeatsProjection>()
            .AddSingleton<IProjection, DeadLettersProjection>()
            .AddSingleton<IProjection, DeploysProjection>()
            .AddSingleton<IProjection, EntriesProjection>()
            .AddSingleton<IProjection, RetriesProjection>()
            .AddSingleton<FactSource>()
            .AddSingleton<ProjectionEngine>()
            .AddHostedService<ProjectionsInProcess>()
            .AddHostedService<RetentionService>();
        return services;
    }
}
