using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>Registers an app of an organization. Repeated with the same id it changes nothing.</summary>
/// <returns>Where it was written; null when it stood already.</returns>
public sealed record RegisterApp(AppId Id, OrganizationId Organization, string Name, string Environment) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<RegisterApp>
    {
        public Validator()
        {
            RuleFor(command => command.Name).NotEmpty().MaximumLength(100);
            RuleFor(command => command.Environment).NotEmpty().MaximumLength(50);
        }
    }

    internal sealed class Handler(IEventStore store, TimeProvider time) : IRequestHandler<RegisterApp, StorePosition?>
    {
        public async Task<StorePosition?> Handle(RegisterApp command, CancellationToken ct)
        {
            var appended = await store.DecideAsync(
                StreamName.App(command.Id),
                App.Initial,
                App.Evolve,
                state => state.Register(command.Organization, command.Name, command.Environment, time.GetUtcNow()),
                ct: ct);
            return appended?.Position;
        }
    }
}
