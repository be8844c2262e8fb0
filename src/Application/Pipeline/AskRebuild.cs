using EventEngine.Application.Shared;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>An operator asks to rebuild, verify or swap back a projection. Whoever leads it carries that out.</summary>
/// <returns>False: something is going on already; nothing new was asked.</returns>
public sealed record AskRebuild(Guid PersonId, RebuildRequest Request) : IRequest<bool>
{
    internal sealed class Validator : AbstractValidator<AskRebuild>
    {
        public Validator()
        {
            RuleFor(command => command.Request.Projection).Must(ProjectionNames.All.Contains).WithMessage("There is no such projection.");
            RuleFor(command => command.Request.Kind).NotEqual(RebuildKind.Upgrade);
        }
    }

    internal sealed class Handler(Operators operators, IRebuilds rebuilds) : IRequestHandler<AskRebuild, bool>
    {
        public async Task<bool> Handle(AskRebuild command, CancellationToken ct)
        {
            var by = await operators.PermitAsync(command.PersonId, ct);
            return (await rebuilds.RequestAsync(command.Request, by, ct)).IsNew;
        }
    }
}
