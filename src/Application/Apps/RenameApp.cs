using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>Gives an app another name or environment; null leaves it as it is.</summary>
/// <returns>Where it was written; null when it was called so already.</returns>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record RenameApp(Actor By, AppId AppId, string? Name, string? Environment) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<RenameApp>
    {
        public Validator()
        {
            RuleFor(command => command.Name!).NameOfAnApp().When(command => command.Name is not null);
            RuleFor(command => command.Environment!).EnvironmentOfAnApp().When(command => command.Environment is not null);
        }
    }

    internal sealed class Handler(Tenancy tenancy, TimeProvider time) : IRequestHandler<RenameApp, StorePosition?>
    {
        public Task<StorePosition?> Handle(RenameApp command, CancellationToken ct) => tenancy.DecideForAppAsync(
            command.By,
            Permission.ManageApps,
            command.AppId,
            app => app.Rename(command.Name?.Trim() ?? app.Name, command.Environment?.Trim() ?? app.Environment, time.GetUtcNow()),
            ct);
    }
}
