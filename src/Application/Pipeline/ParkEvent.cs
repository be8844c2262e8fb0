using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>An operator lets a projection pass over the event at which it has stopped; every build of it passes it over, too.</summary>
/// <param name="Reason">Is kept; at most 500 characters.</param>
/// <returns>False: the projection has not stopped there (any more).</returns>
public sealed record ParkEvent(Guid PersonId, string Projection, StorePosition Position, string Reason) : IRequest<bool>
{
    internal sealed class Validator : AbstractValidator<ParkEvent>
    {
        public Validator()
        {
            RuleFor(command => command.Projection).Must(ProjectionNames.All.Contains).WithMessage("There is no such projection.");
            RuleFor(command => command.Reason).NotEmpty().MaximumLength(500);
        }
    }

    internal sealed class Handler(Operators operators, IParkedEvents parked) : IRequestHandler<ParkEvent, bool>
    {
        public async Task<bool> Handle(ParkEvent command, CancellationToken ct) =>
            await parked.ParkAsync(command.Projection, command.Position, command.Reason.Trim(), await operators.PermitAsync(command.PersonId, ct), ct);
    }
}
