namespace EventEngine.Application.Mail;

/// <summary>A mail to one person, in both forms. It may hold a secret (a link with a token): it is dropped once it was sent.</summary>
public sealed record Letter(string To, string Subject, string Text, string Html);
