using EventEngine.Application.Organizations;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Organizations;

public sealed class SlugsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Organizations_of_one_name_have_slugs_of_their_own()
    {
        var ids = Enumerable.Range(0, 12).Select(_ => new OrganizationId(Guid.NewGuid())).ToList();
        await Task.WhenAll(ids.Select(id => host.SendAsync(new CreateOrganization(id, "Acme", Plan.Free))));
        await host.CaughtUpAsync();
        var slugs = new List<string>();
        foreach (var id in ids) slugs.Add((await host.SendAsync(new GetOrganization(id))).Value.Slug);
        slugs.ShouldBeUnique();
        slugs.ShouldContain("acme");
        slugs.ShouldContain("acme-9");
    }

    [Fact]
    public async Task Created_again_with_the_same_id_nothing_changes()
    {
        var command = new CreateOrganization(new OrganizationId(Guid.NewGuid()), "Twice", Plan.Free);
        (await host.SendAsync(command)).ShouldNotBeNull();
        (await host.SendAsync(command)).ShouldBeNull();
        await host.CaughtUpAsync();
        (await host.SendAsync(new GetOrganization(command.Id))).Value.Slug.ShouldBe("twice");
    }
}
