using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace EventEngine.Application.People;

/// <summary>Makes a person known who signs in with a password.</summary>
/// <returns>The person's id; of the one who stood under that address already, unchanged, where there was one.</returns>
public sealed record RegisterPerson(string Email, string Password, string? Name = null) : IRequest<Guid>
{
    public sealed class Validator : AbstractValidator<RegisterPerson>
    {
        public Validator()
        {
            RuleFor(command => command.Email).NotEmpty().MaximumLength(254).EmailAddress();
            RuleFor(command => command.Password).NotEmpty().MinimumLength(8).MaximumLength(200);
        }
    }

    internal sealed class Handler(IPeople people, IPasswordHasher<Person> passwords, TimeProvider time) : IRequestHandler<RegisterPerson, Guid>
    {
        public async Task<Guid> Handle(RegisterPerson command, CancellationToken ct)
        {
            if (await people.FindByEmailAsync(command.Email, ct) is { } known) return known.Id;
            var person = new Person(Guid.CreateVersion7(), command.Email.Trim(), command.Name, PasswordHash: null, Guid.NewGuid().ToString("N"));
            person = person with { PasswordHash = passwords.HashPassword(person, command.Password) };
            if (await people.AddAsync(person, time.GetUtcNow(), ct)) return person.Id;
            return (await people.FindByEmailAsync(command.Email, ct))!.Id;
        }
    }
}
