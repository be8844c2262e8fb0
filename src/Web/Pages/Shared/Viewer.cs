using System.Security.Claims;
using EventEngine.Application.Pipeline;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Shared;

namespace EventEngine.Web.Pages.Shared;

/// <summary>Who looks at the page: their organization, their clock and their midnight.</summary>
public sealed class Viewer(IHttpContextAccessor http, TimeProvider time)
{
    private readonly Lazy<TimeZoneInfo> _zone = new(() => ZoneOf(http.HttpContext!.Request.Cookies["tz"]));

    public OrganizationId Organization => Person.Organization();

    /// <summary>False: signed in, and a member of no organization (yet).</summary>
    public bool HasOrganization => Person.FindOrganization() is not null;

    public Guid PersonId => Person.Id();

    public Guid SessionId => Person.SessionId();

    public bool EmailVerified => Person.HasClaim(Claims.EmailVerifiedClaim, "true");

    public Actor Actor => Actor.Person(Organization, Person.Id());

    public string Email => Person.FindFirstValue(ClaimTypes.Email) ?? "";

    public string Name => Person.Identity?.Name ?? Email;

    public Role Role => Enum.TryParse<Role>(Person.FindFirstValue(Claims.RoleClaim), ignoreCase: true, out var role) ? role : Role.Member;

    /// <summary>For what is shown; what is done is judged by the command itself.</summary>
    public bool Can(Permission permission) => Role.Can(permission);

    /// <summary>For what is shown; what is done is judged by the command itself.</summary>
    public bool IsOperator => http.HttpContext!.RequestServices.GetRequiredService<Operators>().Include(Email, EmailVerified);

    public bool IsSignedIn => Person.Identity?.IsAuthenticated ?? false;

    /// <summary>Up to two letters for the avatar.</summary>
    public string Initials => string.Concat(Name.Split(' ', '.', '@', '-').Where(part => part.Length > 0).Take(2).Select(part => part[0]));

    /// <summary>light or dark as the person chose; null: as the system says.</summary>
    public string? Theme => http.HttpContext!.Request.Cookies["theme"] is "light" or "dark" ? http.HttpContext.Request.Cookies["theme"] : null;

    /// <summary>As the browser told on an earlier page; null before that.</summary>
    public string? KnownZone => http.HttpContext!.Request.Cookies["tz"];

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public DateTimeOffset StartOfDay
    {
        get
        {
            var midnight = TimeZoneInfo.ConvertTime(Now, _zone.Value).Date;
            return new DateTimeOffset(midnight, _zone.Value.GetUtcOffset(midnight)).ToUniversalTime();
        }
    }

    private ClaimsPrincipal Person => http.HttpContext!.User;

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone.Value);

    /// <summary>To the millisecond, with the zone: what stands behind every relative time.</summary>
    public string Exactly(DateTimeOffset at) => $"{Local(at):d MMM yyyy, HH:mm:ss.fff} {ZoneName(at)}";

    public string ZoneName(DateTimeOffset at)
    {
        var offset = _zone.Value.GetUtcOffset(at);
        return offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";
    }

    /// <summary>A time as a datetime-local field gives it, in the viewer's zone, or any absolute one; null when it is neither.</summary>
    public DateTimeOffset? ReadTime(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], null, default, out var local))
            return new DateTimeOffset(local, _zone.Value.GetUtcOffset(local)).ToUniversalTime();
        return DateTimeOffset.TryParse(text, null, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : null;
    }

    private static TimeZoneInfo ZoneOf(string? name) =>
        name is { Length: > 0 and < 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
