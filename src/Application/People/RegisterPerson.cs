using EventEngine.Application.Mail;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Makes a person known whose address somebody vouches for: the operator, or a letter that reached it.</summary>
/// <returns>The person's id; of the one who held that address already, unchanged, where there was one.</returns>
public sealed record RegisterPerson(string Email, string Password, string? Name = null) : IRequest<Guid>
{
    public sealed class Validator : AbstractValidator<RegisterPerson>
    {
        public Validator()
        {
            RuleFor(command => command.Email).Must(MailAddresses.IsOne).WithMessage("This is no email address.");
            RuleFor(command => command.Password).NewPassword();
            RuleFor(command => command.Name).PersonName();
        }
    }

    internal sealed class Handler(UserManager<Account> accounts, TimeProvider time) : IRequestHandler<RegisterPerson, Guid>
    {
        public async Task<Guid> Handle(RegisterPerson command, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            if (await accounts.FindByEmailAsync(command.Email) is { } known) return known.Id;
            var now = time.GetUtcNow();
            var account = new Account
            {
                Id = Guid.CreateVersion7(now),
                Email = command.Email,
                HoldsAddress = true,
                EmailVerifiedAt = now,
                Name = PersonNames.Tidy(command.Name),
                CreatedAt = now,
            };
            var result = await accounts.CreateAsync(account, command.Password);
            if (result.IsAddressTaken()) return (await accounts.FindByEmailAsync(command.Email))!.Id;
            result.OrThrow();
            return account.Id;
        }
    }
}
