using EventEngine.Application.Shared;
using EventEngine.Infrastructure.EventStore;
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

    private static ServiceProvider Services(string provider) => new ServiceCollection()
        .Configure<EventEngineOptions>(options => options.EventStore.Provider = provider)
        .AddEventStore()
        .BuildServiceProvider();
}
