using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.Tests.EventStore;

public sealed class EventStoreRegistrationTests
{
    [Fact]
    public void A_provider_that_does_not_exist_stops_the_start_with_a_clear_word()
    {
        using var services = Services("Ebmedded");

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate()).Message.ShouldContain("EventStore:Provider");
    }

    [Fact]
    public void The_embedded_store_is_the_default()
    {
        using var services = Services(new EventStoreOptions().Provider);

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public async Task EventStoreDB_is_chosen_by_configuration_alone()
    {
        await using var services = Services("EventStoreDB", "esdb://127.0.0.1:2113?tls=false");

        services.GetRequiredService<IStartupValidator>().Validate();
        services.GetRequiredService<IEventStore>().ShouldBeOfType<EventStoreDbStore>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("esdb://ops:s3cret@127.0.0.1:0")]
    [InlineData("esdb://ops:s3cret@127.0.0.1?tls=perhaps")]
    [InlineData("esdb://ops:s3cret@127.0.0.1?tlsCaFile=/nowhere/ca.crt")]
    public void A_connection_string_that_can_not_work_stops_the_start_and_keeps_its_secret(string? connection)
    {
        using var services = Services("EventStoreDB", connection);

        var refusal = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        refusal.Message.ShouldContain("EventStore:ConnectionString");
        refusal.Message.ShouldNotContain("s3cret");
    }

    private static ServiceProvider Services(string provider, string? connection = null) => new ServiceCollection()
        .Configure<EventEngineOptions>(options => (options.EventStore.Provider, options.EventStore.ConnectionString) = (provider, connection))
        .AddSingleton(TimeProvider.System)
        .AddLogging()
        .AddEventStore()
        .BuildServiceProvider();
}
