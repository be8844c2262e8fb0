namespace EventEngine.Application.Mail;

/// <summary>The mail server that takes our letters.</summary>
public sealed class SmtpOptions
{
    /// <summary>Empty: there is none.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>Empty: no authentication.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>An address, or <c>Name &lt;address&gt;</c>.</summary>
    public string From { get; set; } = "EventEngine Cloud <no-reply@localhost>";

    /// <summary>STARTTLS; a server that doesn't offer it gets no mail.</summary>
    public bool Tls { get; set; } = true;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);
}
