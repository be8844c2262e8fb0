using System.Net;
using EventEngine.Application.Mail;
using EventEngine.Application.Shared;
using EventEngine.Web.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventEngine.Web.Tests.Mail;

public sealed class OutboxTests
{
    [Fact]
    public void It_is_open_to_a_browser_on_this_machine_in_development_and_in_the_demo()
    {
        Outbox("Development").IsOpenFor(Request()).ShouldBeTrue();
        Outbox("Production", demo: true).IsOpenFor(Request()).ShouldBeTrue();
    }

    [Fact]
    public void It_is_closed_in_production_and_where_letters_are_sent()
    {
        Outbox("Production").IsOpenFor(Request()).ShouldBeFalse();
        Outbox("Development", smtp: "mail.example").IsOpenFor(Request()).ShouldBeFalse();
    }

    [Fact]
    public void It_is_closed_to_other_machines_and_to_those_who_speak_for_them()
    {
        var outbox = Outbox("Development");
        outbox.IsOpenFor(Request(from: "10.0.0.7")).ShouldBeFalse();
        outbox.IsOpenFor(Request(host: "rebound.example")).ShouldBeFalse();
        foreach (var header in new[] { "X-Forwarded-For", "Forwarded", "Via", "X-Real-IP" })
        {
            var proxied = Request();
            proxied.Request.Headers[header] = "203.0.113.9";
            outbox.IsOpenFor(proxied).ShouldBeFalse(header);
        }
    }

    private static DefaultHttpContext Request(string from = "127.0.0.1", string host = "localhost:5080")
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        context.Request.Host = new HostString(host);
        return context;
    }

    private static Outbox Outbox(string environment, bool demo = false, string? smtp = null)
    {
        var options = Options.Create(new EventEngineOptions { Demo = demo, Smtp = new SmtpOptions { Host = smtp } });
        return new Outbox(new Infrastructure.Mail.SmtpEmailSender(options), new Environment(environment), options);
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
