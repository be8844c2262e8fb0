using EventEngine.Application.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Infrastructure.Mail;

public static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<LetterSeal>()
        .AddSingleton<MailSignal>()
        .AddSingleton<IEmailSender, SmtpEmailSender>()
        .AddSingleton<Mails>()
        .AddSingleton<IMailQueue>(provider => provider.GetRequiredService<Mails>())
        .AddSingleton<IMailStore>(provider => provider.GetRequiredService<Mails>())
        .AddSingleton<MailDelivery>();
}
