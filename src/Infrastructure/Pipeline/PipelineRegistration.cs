using EventEngine.Application.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.Pipeline;

public static class PipelineRegistration
{
    public static IServiceCollection AddPipeline(this IServiceCollection services) => services.AddSingleton<IRebuilds, Rebuilds>().AddSingleton<IParkedEvents, ParkedEvents>();
}
