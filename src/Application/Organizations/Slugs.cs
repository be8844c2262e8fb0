using EventEngine.Application.EventStore;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Organizations;

/// <summary>Who has which name in addresses: a slug is a stream that only its first claimer can begin.</summary>
public sealed class Slugs(IEventStore store, TimeProvider time)
{
    /// <returns>The first one that was free, or the organization's already.</returns>
    public async Task<string> ClaimAsync(string name, OrganizationId organization, CancellationToken ct)
    {
        foreach (var slug in Slug.Candidates(name, organization))
        {
            if (await IsClaimedAsync(slug, organization, ct)) return slug;
        }

        throw new DomainException("slug_taken", "Choose another name: too many organizations are called like this.");
    }

    /// <returns>Null for one that nobody has.</returns>
    public async Task<OrganizationId?> FindAsync(string slug, CancellationToken ct)
    {
        await foreach (var recorded in store.ReadStreamAsync(StreamName.Slug(slug), limit: 1, ct: ct))
            return ((SlugClaimed)FactJson.Deserialize(recorded.Type, recorded.Data.Span)).OrganizationId;
        return null;
    }

    private async Task<bool> IsClaimedAsync(string slug, OrganizationId organization, CancellationToken ct)
    {
        try
        {
            await store.AppendAsync(StreamName.Slug(slug), ExpectedRevision.NoStream, [new SlugClaimed(time.GetUtcNow(), organization)], ct: ct);
            return true;
        }
        catch (WrongRevisionException)
        {
            return await FindAsync(slug, ct) == organization;
        }
    }
}
