using System.Net;
using EventEngine.Application.Mail;
using EventEngine.Application.Shared;
using EventEngine.Web.Shared;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Mail;

/// <summary>Who may look at letters that no mail server takes: whoever sits at this very machine, in development and in the demo.</summary>
public sealed class Outbox(IEmailSender sender, IHostEnvironment environment, IOptions<EventEngineOptions> options)
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public bool IsOpen => !sender.IsConfigured && (environment.IsDevelopment() || options.Value.Demo);

    /// <summary>A proxy on this machine speaks for others; a page of another site may name its host as this machine.</summary>
    public bool IsOpenFor(HttpContext context) =>
        IsOpen
        && (context.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(context.Connection.RemoteIpAddress))
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey)
        && ThisMachine.IsNamed(context.Request.Host);
}
