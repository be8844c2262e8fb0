using System.Net;
using System.Text.RegularExpressions;

namespace EventEngine.Web.Tests.People;

/// <summary>As a browser without script: keeps cookies, fills forms with the tokens that they came with.</summary>
public sealed partial class Browser(HttpClient client) : IDisposable
{
    public HttpClient Client => client;

    public void Dispose() => client.Dispose();

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path);

    public async Task<string> TextAsync(string path) => await (await client.GetAsync(path)).Content.ReadAsStringAsync();

    /// <summary>Opens a page, fills its form and sends it.</summary>
    /// <param name="to">Where the form goes when not to the page itself.</param>
    public async Task<HttpResponseMessage> PostAsync(string page, IReadOnlyDictionary<string, string> fields, string? to = null)
    {
        var token = ForgeryToken().Match(await TextAsync(page)).Groups["token"].Value;
        var form = new Dictionary<string, string>(fields, StringComparer.Ordinal) { ["__RequestVerificationToken"] = token };
        return await client.PostAsync(to ?? page, new FormUrlEncodedContent(form));
    }

    public Task<HttpResponseMessage> TrySignInAsync(string email, string password, string returnUrl = "") =>
        PostAsync("/sign-in" + returnUrl, new Dictionary<string, string> { ["Email"] = email, ["Password"] = password });

    public async Task SignInAsync(string email, string password) => (await TrySignInAsync(email, password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

    public Task<HttpResponseMessage> SignUpAsync(string email, string password) =>
        PostAsync("/sign-up", new Dictionary<string, string> { ["Email"] = email, ["Password"] = password });

    /// <summary>What the browser would be after: the page's way out of a redirect.</summary>
    public static string Location(HttpResponseMessage answer) => answer.Headers.Location!.OriginalString;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ForgeryToken();
}
