using EventEngine.Application.Bootstrap;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Web.Bootstrap;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventEngine.Web.Tests.Bootstrap;

public sealed class ProvisioningAtStartTests
{
    [Fact]
    public async Task A_database_that_is_away_for_a_moment_is_waited_for()
    {
        var provisioning = new Provisioning(new NpgsqlException("cut"), new NpgsqlException("starting up"));

        await ServiceOver(provisioning, TimeProvider.System).StartAsync(CancellationToken.None);

        provisioning.Tries.ShouldBe(3);
    }

    [Fact]
    public async Task One_that_stays_away_is_told_to_whoever_starts_the_host()
    {
        var provisioning = new Provisioning([.. Enumerable.Repeat(new NpgsqlException("cut"), 10)]);

        var told = await Should.ThrowAsync<DatabaseUnavailableException>(ServiceOver(provisioning, new Hurried()).StartAsync(CancellationToken.None));

        told.Message.ShouldBe("The database can't be used: cut");
        provisioning.Tries.ShouldBe(2);
    }

    [Fact]
    public async Task What_does_not_pass_is_not_tried_again()
    {
        var provisioning = new Provisioning(new InvalidOperationException("no such plan"));

        await Should.ThrowAsync<InvalidOperationException>(ServiceOver(provisioning, TimeProvider.System).StartAsync(CancellationToken.None));

        provisioning.Tries.ShouldBe(1);
    }

    private static BootstrapService ServiceOver(Provisioning provisioning, TimeProvider time)
    {
        var services = new ServiceCollection()
            .AddSingleton<IRequestHandler<Provision, Provisioned?>>(provisioning)
            .AddTransient<IMediator>(provider => new Mediator(provider.GetRequiredService))
            .BuildServiceProvider();
        return new BootstrapService(
            services.GetRequiredService<IServiceScopeFactory>(), Options.Create(new EventEngineOptions()), time, NullLogger<BootstrapService>.Instance);
    }

    /// <summary>Fails in these ways, one after the other, and then no more.</summary>
    private sealed class Provisioning(params Exception[] failures) : IRequestHandler<Provision, Provisioned?>
    {
        public int Tries { get; private set; }

        public Task<Provisioned?> Handle(Provision request, CancellationToken cancellationToken) =>
            ++Tries <= failures.Length ? throw failures[Tries - 1] : Task.FromResult<Provisioned?>(null);
    }

    /// <summary>Half a minute passes between two looks.</summary>
    private sealed class Hurried : TimeProvider
    {
        private long _looks;

        public override long GetTimestamp() => ++_looks * 31 * TimestampFrequency;
    }
}
