using System.Reflection;
using EventEngine.Application.Entries;
using EventEngine.Application.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventEngine.Application.Shared;

public static class ApplicationRegistration
{
    /// <summary>Commands, queries and their validators, found in this assembly; and the way into the read models.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        DapperSetup.Apply();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ReadModels>();
        services.AddSingleton<Tenancy>();
        services.AddSingleton<AppliedRates>();
        services.AddSingleton<StallWatch>();
        services.AddSingleton<RecentVolumes>();
        services.AddTransient<Operators>();
        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
        {
            foreach (var service in type.GetInterfaces().Where(IsScanned)) services.AddTransient(service, type);
        }

        return services;
    }

    private static bool IsScanned(Type service)
    {
        if (!service.IsGenericType || service.ContainsGenericParameters) return false;
        var definition = service.GetGenericTypeDefinition();
        return definition == typeof(IRequestHandler<,>)
            || (definition == typeof(IValidator<>) && service.GetGenericArguments()[0].IsAssignableTo(typeof(IBaseRequest)));
    }
}
