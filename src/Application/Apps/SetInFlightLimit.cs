using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>Says after how many minutes an event of an app that was neither published nor dead-lettered is overdue.</summary>
/// <param name="Minutes">1 to 1,440.</param>
/// <returns>Where it was written; null when it stood so already.</returns>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record SetInFlightLimit(Actor By, AppId AppId, int Minutes) : IRequest<StorePosition?>
{
    public sealed class Validator : AbstractValidator<SetInFlightLimit>
    {
        public Validator() => RuleFor(command => command.Minutes).InclusiveBetween(1, App.MaxInFlightMinutes)
            .WithMessage($"in_flight_minutes lies between 1 and {App.MaxInFlightMinutes:N0}.");
    }

    internal sealed class Handler(Tenancy tenancy, TimeProvider time) : IRequestHandler<SetInFlightLimit, StorePosition?>
    {
        public Task<StorePosition?> Handle(SetInFlightLimit command, CancellationToken ct) => tenancy.DecideForAppAsync(
            command.By, Permission.ManageApps, command.AppId, app => app.SetInFlightLimit(command.Minutes, time.GetUtcNow()), ct);
    }
}
