using EventEngine.Application.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>How a person is called from now on; nothing: by her address.</summary>
public sealed record RenamePerson(Guid PersonId, string? Name) : IRequest
{
    public sealed class Validator : AbstractValidator<RenamePerson>
    {
        public Validator() => RuleFor(command => command.Name).PersonName();
    }

    internal sealed class Handler(UserManager<Account> accounts) : IRequestHandler<RenamePerson>
    {
        public async Task<Unit> Handle(RenamePerson command, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            var account = await accounts.FindByIdAsync(command.PersonId.ToString("N")) ?? throw new NotFoundException("person");
            account.Name = PersonNames.Tidy(command.Name);
            (await accounts.UpdateAsync(account)).OrThrow();
            return Unit.Value;
        }
    }
}
