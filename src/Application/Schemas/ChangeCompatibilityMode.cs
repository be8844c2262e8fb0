using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>Says which promise new versions are held to: of one event of an app, or of all that have no mode of their own.</summary>
/// <param name="EventName">Null: the app's.</param>
/// <param name="Mode">Null: no mode of its own any more.</param>
/// <returns>Where it was written; null when it stood so already.</returns>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
/// <exception cref="DomainException">Too many events of the app have a mode of their own.</exception>
public sealed record ChangeCompatibilityMode(Actor By, AppId AppId, string? EventName, CompatibilityMode? Mode) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<ChangeCompatibilityMode>
    {
        public Validator()
        {
            RuleFor(command => command.EventName).SearchText("event_name");
            RuleFor(command => command.Mode).IsInEnum();
        }
    }

    internal sealed class Handler(Tenancy tenancy, TimeProvider time) : IRequestHandler<ChangeCompatibilityMode, StorePosition?>
    {
        public Task<StorePosition?> Handle(ChangeCompatibilityMode command, CancellationToken ct) => tenancy.DecideForAppAsync(
            command.By, Permission.ManageSchemas, command.AppId, app => app.ChangeMode(command.EventName, command.Mode, time.GetUtcNow()), ct);
    }
}
