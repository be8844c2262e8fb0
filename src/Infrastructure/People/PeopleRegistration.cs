using EventEngine.Application.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.People;

public static class PeopleRegistration
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(identity =>
            {
                identity.Password = new PasswordOptions
                {
                    RequiredLength = Passwords.Shortest,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
            })
            .AddUserStore<AccountStore>()
            .AddTokenProvider<DataProtectorTokenProvider<Account>>(TokenOptions.DefaultProvider);
        services.Configure<DataProtectionTokenProviderOptions>(links => links.TokenLifespan = AccountLinks.Lifetime);
        return services
            .AddSingleton<IPeople, People>()
            .AddSingleton<ISessions, Sessions>()
            .AddSingleton<ISigningKeys, SigningKeys>()
            .AddSingleton<TokenIssuer>()
            .AddSingleton<SignInAttempts>()
            .AddSingleton<LetterLimit>()
            .AddScoped<AccountLinks>()
            .AddScoped<AccountPost>()
            .AddScoped<PasswordCheck>()
            .AddScoped<CurrentPassword>();
    }
}
