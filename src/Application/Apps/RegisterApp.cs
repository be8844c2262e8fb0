using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Apps;

/// <summary>Registers an app: takes its place in the organization, then begins its stream. Repeated with the same id it changes nothing.</summary>
/// <returns>Where it was written; null when it stood already.</returns>
/// <exception cref="PlanLimitException">The organization's plan allows no more apps.</exception>
public sealed record RegisterApp(Actor By, AppId Id, string Name, string Environment) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<RegisterApp>
    {
        public Validator()
        {
            RuleFor(command => command.Name).NameOfAnApp();
            RuleFor(command => command.Environment).EnvironmentOfAnApp();
        }
    }

    internal sealed class Handler(IEventStore store, Tenancy tenancy, IOptions<EventEngineOptions> options, TimeProvider time)
        : IRequestHandler<RegisterApp, StorePosition?>
    {
        public async Task<StorePosition?> Handle(RegisterApp command, CancellationToken ct)
        {
            var at = time.GetUtcNow();
            await tenancy.DecideAsync(
                command.By, Permission.ManageApps, state => state.AddApp(command.Id, options.Value.LimitsOf(state.Plan).Apps, at), ct);
            var appended = await store.DecideAsync(
                StreamName.App(command.Id),
                App.Initial,
                App.Evolve,
                state => state.Register(command.By.Organization, command.Name, command.Environment, at),
                Tenancy.About(command.By),
                ct);
            return appended?.Position;
        }
    }
}
