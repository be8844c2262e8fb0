using EventEngine.Application.Organizations;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.Organizations;

public static class OrganizationsRegistration
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services) => services
        .AddSingleton<Slugs>()
        .AddSingleton<InvitationLetter>()
        .AddSingleton<IInvitations, Invitations>();
}
