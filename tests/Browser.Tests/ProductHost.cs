using EventEngine.Testing;
using EventEngine.Web.Shared;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace EventEngine.Browser.Tests;

/// <summary>The whole product on a real port with a database of its own, provisioned as an operator would: by settings.</summary>
public sealed class ProductHost : WebApplicationFactory<SecurityHeaders>
{
    public const string Organization = "Acme", App = "shop", Email = "mira@example.test", Password = "correct horse battery", ApiKey = "ee_live_browser_tests_key";
    private readonly TestDatabase _database;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("eventengine-browser-");

    private ProductHost(TestDatabase database)
    {
        _database = database;
        UseKestrel(0);
    }

    public string Address => ClientOptions.BaseAddress.ToString().TrimEnd('/');

    public static async Task<ProductHost> StartAsync()
    {
        var host = new ProductHost(await TestPostgres.CreateDatabaseAsync());
        host.StartServer();
        return host;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("EventEngine:Postgres:ConnectionString", _database.ConnectionString);
        builder.UseSetting("EventEngine:DataDirectory", _data.FullName);
        builder.UseSetting("EventEngine:Outbound:AllowedNetworks", "127.0.0.1/32");
        builder.UseSetting("EventEngine:Outbound:PlainHttp", "true");
        builder.UseSetting("EventEngine:Bootstrap:Organization", Organization);
        builder.UseSetting("EventEngine:Bootstrap:App", App);
        builder.UseSetting("EventEngine:Bootstrap:Environment", "production");
        builder.UseSetting("EventEngine:Bootstrap:ApiKey", ApiKey);
        builder.UseSetting("EventEngine:Bootstrap:OwnerEmail", Email);
        builder.UseSetting("EventEngine:Bootstrap:OwnerPassword", Password);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
