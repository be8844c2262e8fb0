using EventEngine.Application.Mail;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Sends a letter to the address, whoever has it: only its reader learns whether there is an account.</summary>
public sealed record RequestPasswordReset(string Email, string? MailOrigin) : IRequest
{
    public sealed class Validator : AbstractValidator<RequestPasswordReset>
    {
        public Validator() => RuleFor(command => command.Email).Must(MailAddresses.IsOne).WithMessage("This is no email address.");
    }

    internal sealed class Handler(IPeople people, UserManager<Account> accounts, AccountLinks links, AccountPost post) : IRequestHandler<RequestPasswordReset>
    {
        public async Task<Unit> Handle(RequestPasswordReset command, CancellationToken ct)
        {
            var person = await people.FindByEmailAsync(command.Email, ct) ?? await people.FindLastToSignUpAsync(command.Email, ct);
            var account = person is null ? null : await accounts.FindByIdAsync(person.Id.ToString("N"));
            await post.SendAsync(
                command.Email, command.MailOrigin,
                async origin => account is null ? AccountLetters.NobodyHere(origin) : AccountLetters.Reset(await links.ResetAsync(origin, account)),
                ct);
            return Unit.Value;
        }
    }
}
