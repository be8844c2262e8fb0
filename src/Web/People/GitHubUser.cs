using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace EventEngine.Web.People;

/// <summary>Asks GitHub who it is. The token that allows it is used here and forgotten.</summary>
internal static class GitHubUser
{
    public const string LoginClaim = "login";

    public static async Task ReadAsync(OAuthCreatingTicketContext context, string api)
    {
        using var user = await GetAsync(context, $"{api}/user");
        using var emails = await GetAsync(context, $"{api}/user/emails");
        var email = emails.RootElement.EnumerateArray().FirstOrDefault(IsOurs);
        if (email.ValueKind == JsonValueKind.Undefined) throw new AuthenticationFailureException("GitHub knows no verified primary address.");
        var root = user.RootElement;
        context.Identity!.AddClaims(
        [
            new Claim(ClaimTypes.NameIdentifier, root.GetProperty("id").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new Claim(LoginClaim, root.GetProperty("login").GetString() ?? ""),
            new Claim(ClaimTypes.Email, email.GetProperty("email").GetString() ?? ""),
            new Claim(ClaimTypes.Name, root.TryGetProperty("name", out var name) ? name.GetString() ?? "" : ""),
        ]);
    }

    private static bool IsOurs(JsonElement email) => email.GetProperty("primary").GetBoolean() && email.GetProperty("verified").GetBoolean();

    private static async Task<JsonDocument> GetAsync(OAuthCreatingTicketContext context, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.UserAgent.ParseAdd("EventEngine-Cloud");
        using var response = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStreamAsync(context.HttpContext.RequestAborted));
    }
}
