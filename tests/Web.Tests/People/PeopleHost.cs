using EventEngine.Application.EventStore;
using EventEngine.Application.Mail;
using EventEngine.Application.Organizations;
using EventEngine.Application.People;
using EventEngine.Application.Pipeline;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using EventEngine.Web.Api;
using EventEngine.Web.Tests.Mail;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.People;

/// <summary>The whole host over a real Postgres, with a mail server that takes everything.</summary>
public class PeopleHost : IAsyncLifetime
{
    public const string Password = "correct horse battery";
    private static int s_people;
    private TestDatabase? _database;
    private Factory? _factory;

    public TestDatabase Database => _database!;

    public IServiceProvider Services => _factory!.Services;

    public FakeMailServer MailServer { get; } = new();

    /// <summary>False: no mail server is set, as on a developer's machine.</summary>
    protected virtual bool SendsMail => true;

    public async Task InitializeAsync()
    {
        _database = await TestPostgres.CreateDatabaseAsync();
        _factory = new Factory(Configure);
        _ = _factory.Services;
    }

    public async Task DisposeAsync()
    {
        await _factory!.DisposeAsync();
        await Database.DisposeAsync();
        MailServer.Dispose();
    }

    public Browser Browser(bool keepsCookies = true) => new(_factory!.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = keepsCookies }));

    public Microsoft.AspNetCore.TestHost.WebSocketClient WebSockets(string cookies)
    {
        var client = _factory!.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Cookie = cookies;
        return client;
    }

    public static string NewEmail() => $"person{Interlocked.Increment(ref s_people)}@example.test";

    /// <summary>Somebody whose address is confirmed.</summary>
    public Task<Guid> PersonAsync(string email) => SendAsync(new RegisterPerson(email, Password));

    public async Task<OrganizationId> OrganizationAsync(Guid owner, string name = "Blue Crane")
    {
        var id = new OrganizationId(Guid.NewGuid());
        await SendAsync(new CreateOrganization(id, name, Plan.Enterprise, owner));
        await CaughtUpAsync();
        return id;
    }

    /// <summary>Signed in, with an organization of her own.</summary>
    public async Task<(Browser Browser, Guid Person, string Email, OrganizationId Organization)> MemberAsync()
    {
        var email = NewEmail();
        var person = await PersonAsync(email);
        var organization = await OrganizationAsync(person, $"Organization of {email}");
        var browser = Browser();
        await browser.SignInAsync(email, Password);
        return (browser, person, email, organization);
    }

    public async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task CaughtUpAsync()
    {
        var head = await Services.GetRequiredService<IEventStore>().ReadHeadAsync();
        await Eventually.Becomes(() => SendAsync(new AwaitPosition(head!.Value)));
    }

    public async Task<IReadOnlyList<Letter>> LettersToAsync(string email)
    {
        var waiting = await Services.GetRequiredService<IMailStore>().ListWaitingAsync(500, default);
        return [.. waiting.Select(mail => mail.Letter).Where(letter => letter.To == email)];
    }

    protected virtual void Configure(IWebHostBuilder builder)
    {
        builder.UseSetting("EventEngine:Postgres:ConnectionString", Database.ConnectionString);
        if (!SendsMail) return;
        builder.UseSetting("EventEngine:Smtp:Host", "127.0.0.1");
        builder.UseSetting("EventEngine:Smtp:Port", MailServer.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.UseSetting("EventEngine:Smtp:Tls", "false");
    }

    private sealed class Factory(Action<IWebHostBuilder> configure) : WebApplicationFactory<ApiErrors>
    {
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("eventengine-people-");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("EventEngine:DataDirectory", _data.FullName);
            configure(builder);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && _data.Exists) _data.Delete(recursive: true);
        }
    }
}

/// <summary>A host without a mail server: what would be sent waits in the outbox.</summary>
public sealed class OutboxHost : PeopleHost
{
    protected override bool SendsMail => false;
}
