using System.Text;

namespace EventEngine.Domain.Organizations;

/// <summary>A name as it stands in an address: lower-case ASCII letters and digits, single dashes between them, at most 40 characters.</summary>
public static class Slug
{
    private const int MaxLength = 40;

    public static string From(string name)
    {
        var slug = new StringBuilder(MaxLength);
        foreach (var character in name.ToLowerInvariant())
        {
            if (slug.Length == MaxLength) break;
            if (char.IsAsciiLetterOrDigit(character)) slug.Append(character);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().TrimEnd('-') is { Length: > 0 } text ? text : "organization";
    }

    /// <summary>What to try in turn for an organization of this name: <c>acme</c>, <c>acme-2</c> to <c>acme-9</c>, and then one of its own.</summary>
    public static IEnumerable<string> Candidates(string name, OrganizationId organization)
    {
        var slug = From(name);
        return [slug, .. Enumerable.Range(2, 8).Select(number => With(slug, $"{number}")), With(slug, organization.ToString()[..12])];
    }

    private static string With(string slug, string ending) => $"{slug[..Math.Min(slug.Length, MaxLength - ending.Length - 1)].TrimEnd('-')}-{ending}";
}
