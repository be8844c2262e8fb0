using EventEngine.Application.Mail;
using EventEngine.Application.People;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Organizations;

/// <summary>Writes to somebody who was invited. The letter is the same whether the address has an account or not.</summary>
public sealed class InvitationLetter(IMailQueue mails, IPeople people)
{
    /// <param name="origin">Ours, without a slash at its end; null: it is not known for sure, and a forged one must not get the token.</param>
    /// <exception cref="DomainException">The origin is not known.</exception>
    public async Task SendAsync(Invitation invitation, InvitationToken token, string organization, Role role, Guid? inviter, string? origin, CancellationToken ct)
    {
        var from = inviter is { } id ? await people.FindAsync(id, ct) : null;
        await mails.EnqueueAsync(Write(organization, role, from, $"{OriginOf(origin)}/invitations/{token.Secret}").To(invitation.Email), ct);
    }

    /// <exception cref="DomainException">The origin is not known.</exception>
    public static string OriginOf(string? origin) =>
        origin ?? throw new DomainException("no_public_url", "Invitations can't be sent yet: the operator has to set EventEngine__PublicUrl, where their links lead.");

    public static LetterContent Write(string organization, Role role, Person? inviter, string link) => new(
        $"Join {organization} on EventEngine",
        $"Join {organization}",
        $"{NameOf(inviter)} invites you to {organization} as {Article(role)} {role.ToString().ToLowerInvariant()}. EventEngine shows the life of every event that its apps publish.")
    {
        Link = new LetterLink("Accept the invitation", link),
        Footnote = "The invitation works for 7 days. If you don't know who sent it, there is nothing to do.",
    };

    private static string NameOf(Person? inviter) => inviter switch
    {
        null => "Somebody",
        { Name: { Length: > 0 } name } => $"{name} ({inviter.Email})",
        _ => inviter.Email,
    };

    private static string Article(Role role) => role is Role.Owner or Role.Admin ? "an" : "a";
}
