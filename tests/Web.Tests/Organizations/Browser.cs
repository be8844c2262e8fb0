using System.Net;
using System.Text.RegularExpressions;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Organizations;

/// <summary>A person with a browser that runs no script: follows links, fills in forms, keeps cookies.</summary>
internal sealed partial class Browser(ApiHost host) : IDisposable
{
    private readonly HttpClient _client = host.Client();

    public static async Task<Browser> SignedInAsync(ApiHost host, string email)
    {
        var browser = new Browser(host);
        var answer = await browser.PostAsync("/sign-in", "/sign-in", ("Email", email), ("Password", OrganizationStories.Password));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return browser;
    }

    public async Task<string> ReadAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await _client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, $"{path}: {text}");
        return WebUtility.HtmlDecode(text);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    /// <param name="page">Whose form it is: it is read first, for its antiforgery token.</param>
    public async Task<HttpResponseMessage> PostAsync(string page, string path, params (string Name, string Value)[] fields)
    {
        var form = await _client.GetStringAsync(page);
        var token = Forgery().Match(form).Groups["token"].Value;
        var content = fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        return await _client.PostAsync(path, new FormUrlEncodedContent(content));
    }

    public async Task GoesToAsync(string to, string page, string path, params (string Name, string Value)[] fields)
    {
        using var answer = await PostAsync(page, path, fields);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        answer.Headers.Location!.OriginalString.ShouldBe(to);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forgery();
}
