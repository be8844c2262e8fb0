using EventEngine.Application.Mail;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.People;

/// <summary>Sends a letter to a person's new address; following its link makes the change.</summary>
/// <exception cref="Domain.Shared.DomainException">The password is wrong.</exception>
public sealed record RequestEmailChange(Guid PersonId, string Email, string Password, string? MailOrigin) : IRequest
{
    public sealed class Validator : AbstractValidator<RequestEmailChange>
    {
        public Validator() => RuleFor(command => command.Email).Must(MailAddresses.IsOne).WithMessage("This is no email address.");
    }

    internal sealed class Handler(CurrentPassword current, AccountLinks links, AccountPost post) : IRequestHandler<RequestEmailChange>
    {
        public async Task<Unit> Handle(RequestEmailChange command, CancellationToken ct)
        {
            var account = await current.ProveAsync(command.PersonId, command.Password);
            await post.SendAsync(
                command.Email, command.MailOrigin, async origin => AccountLetters.ChangeEmail(await links.ChangeEmailAsync(origin, account, command.Email)), ct);
            return Unit.Value;
        }
    }
}
