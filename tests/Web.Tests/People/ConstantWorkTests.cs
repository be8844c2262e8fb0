using EventEngine.Application.People;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace EventEngine.Web.Tests.People;

/// <summary>Verifying a hash is what takes the time of a sign-in: it happens exactly once, whoever the address belongs to.</summary>
public sealed class ConstantWorkTests(ConstantWorkTests.CountingHost host) : IClassFixture<ConstantWorkTests.CountingHost>
{
    [Fact]
    public async Task Signing_in_takes_the_same_work_for_known_and_unknown_people()
    {
        var known = PeopleHost.NewEmail();
        await host.PersonAsync(known);
        await WorkOfAsync(browser => browser.TrySignInAsync("first@example.test", "x")); // makes nobody's hash, once for the process
        foreach (var (email, password) in new[] { (known, PeopleHost.Password), (known, "wrong"), ("nobody@example.test", "wrong"), ("no address", "x"), ("", "") })
            (await WorkOfAsync(browser => browser.TrySignInAsync(email, password))).ShouldBe((1, 0), email);
    }

    [Fact]
    public async Task Signing_up_takes_the_same_work_for_known_and_unknown_addresses()
    {
        var known = PeopleHost.NewEmail();
        await host.PersonAsync(known);
        foreach (var email in new[] { known, PeopleHost.NewEmail() })
            (await WorkOfAsync(browser => browser.SignUpAsync(email, PeopleHost.Password))).ShouldBe((0, 1), email);
    }

    [Fact]
    public async Task So_does_asking_for_a_token()
    {
        var known = PeopleHost.NewEmail();
        await host.OrganizationAsync(await host.PersonAsync(known));
        await WorkOfAsync(browser => browser.TrySignInAsync("first@example.test", "x"));
        foreach (var (email, password) in new[] { (known, PeopleHost.Password), (known, "wrong"), ("nobody@example.test", "wrong") })
            (await WorkOfAsync(browser => browser.Client.PostAsync("/api/v1/auth/token", TokenTests.Json(new { email, password })))).ShouldBe((1, 0), email);
    }

    private async Task<(int Verified, int Hashed)> WorkOfAsync(Func<Browser, Task> act)
    {
        var hasher = (CountingHasher)host.Services.GetRequiredService<IPasswordHasher<Account>>();
        var before = (hasher.Verified, hasher.Hashed);
        using var browser = host.Browser();
        await act(browser);
        return (hasher.Verified - before.Verified, hasher.Hashed - before.Hashed);
    }

    public sealed class CountingHost : PeopleHost
    {
        protected override void Configure(IWebHostBuilder builder)
        {
            base.Configure(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<IPasswordHasher<Account>, CountingHasher>());
        }
    }

    private sealed class CountingHasher : PasswordHasher<Account>
    {
        public int Verified { get; private set; }

        public int Hashed { get; private set; }

        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }

        public override string HashPassword(Account user, string password)
        {
            Hashed++;
            return base.HashPassword(user, password);
        }
    }
}
