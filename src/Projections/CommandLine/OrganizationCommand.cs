using System.CommandLine;
using EventEngine.Application.Billing;
using EventEngine.Application.EventStore;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Infrastructure.Organizations;
using EventEngine.Infrastructure.Postgres;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog.Events;

namespace EventEngine.Projections.CommandLine;

/// <summary><c>organization disable|enable|plan</c>: turns a customer off and on, or gives it another plan. Exit code 0 when it is so now, 1 when nobody has the slug.</summary>
internal static class OrganizationCommand
{
    public static Command Create() => new("organization", "Turns an organization off or on, or changes its plan.") { Disable(), Enable(), ChangePlan() };

    private static Command Disable()
    {
        var slug = Slug();
        var reason = new Option<string?>("--reason") { Description = "Shown to the organization's people." };
        var command = new Command("disable", "Refuses what its apps report and shows its people the reason.") { slug, reason };
        command.SetAction((parsed, ct) =>
            SendAsync(new DisableOrganization(parsed.GetRequiredValue(slug), parsed.GetValue(reason)), parsed.GetRequiredValue(slug), "disabled", ct));
        return command;
    }

    private static Command Enable()
    {
        var slug = Slug();
        var command = new Command("enable", "Takes its reports again.") { slug };
        command.SetAction((parsed, ct) => SendAsync(new EnableOrganization(parsed.GetRequiredValue(slug)), parsed.GetRequiredValue(slug), "enabled", ct));
        return command;
    }

    private static Command ChangePlan()
    {
        var slug = Slug();
        var plan = new Argument<Plan>("plan") { Description = "free, starter, pro or enterprise." };
        var command = new Command("plan", "Gives it another plan; a smaller one takes no app away.") { slug, plan };
        command.SetAction((parsed, ct) =>
        {
            var to = parsed.GetRequiredValue(plan);
            return SendAsync(new ChangePlan(parsed.GetRequiredValue(slug), to), parsed.GetRequiredValue(slug), $"on the {to} plan", ct);
        });
        return command;
    }

    private static Argument<string> Slug() => new("slug") { Description = "The organization's name in addresses: see its settings." };

    private static async Task<int> SendAsync(IRequest<StorePosition?> command, string slug, string now, CancellationToken ct)
    {
        var builder = WorkerHost.Create(LogEventLevel.Warning);
        builder.Services.AddApplication().AddOrganizations();
        // Of all the commands, only those that turn organizations off and on are served here.
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = false }));
        using var host = builder.Build();
        await host.Services.StartPostgresAsync(ct);
        try
        {
            var position = await host.Services.GetRequiredService<IMediator>().Send(command, ct);
            Console.WriteLine(position is null ? $"{slug} was {now} already." : $"{slug} is {now}.");
            return 0;
        }
        catch (NotFoundException)
        {
            Console.Error.WriteLine($"No organization has the slug {slug}.");
        }
        catch (ValidationException invalid)
        {
            Console.Error.WriteLine(string.Join(' ', invalid.Errors.Select(error => error.ErrorMessage)));
        }

        return 1;
    }
}
