using EventEngine.Application.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.People;

public static class PeopleRegistration
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<IPeople, People>()
        .AddSingleton<IAccessTokens, AccessTokens>()
        .AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
}
