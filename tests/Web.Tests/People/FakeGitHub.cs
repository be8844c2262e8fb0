using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventEngine.Web.Tests.People;

/// <summary>As much of GitHub as signing in needs: it checks what GitHub checks, PKCE's proof among it.</summary>
public sealed class FakeGitHub : IAsyncDisposable
{
    public const string ClientId = "client", ClientSecret = "github-secret";
    private readonly ConcurrentDictionary<string, (GitHubPerson Person, string Challenge, string RedirectUri)> _codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, GitHubPerson> _tokens = new(StringComparer.Ordinal);
    private WebApplication? _app;

    public string Address => _app!.Urls.First();

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/login/oauth/access_token", ExchangeAsync);
        _app.MapGet("/user", (HttpRequest request) => PersonOf(request) is { } person ? Results.Json(new { id = person.Id, login = person.Login, name = person.Name }) : Results.Unauthorized());
        _app.MapGet("/user/emails", (HttpRequest request) => PersonOf(request) is { } person
            ? Results.Json(new[]
            {
                new { email = "other@example.test", primary = false, verified = true }, new { email = person.Email, primary = true, verified = person.Verified },
            })
            : Results.Unauthorized());
        await _app.StartAsync();
    }

    /// <summary>What GitHub does when its person agrees.</summary>
    /// <returns>Where it sends the browser back to.</returns>
    public string Agree(string authorizeAddress, GitHubPerson person)
    {
        var asked = System.Web.HttpUtility.ParseQueryString(new Uri(authorizeAddress).Query);
        (asked["client_id"], asked["response_type"], asked["code_challenge_method"], asked["scope"]).ShouldBe((ClientId, "code", "S256", "user:email"));
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (person, asked["code_challenge"]!, asked["redirect_uri"]!);
        return $"{new Uri(asked["redirect_uri"]!).AbsolutePath}?code={code}&state={Uri.EscapeDataString(asked["state"]!)}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task<IResult> ExchangeAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_secret"] != ClientSecret || !_codes.TryRemove(form["code"].ToString(), out var grant)) return Results.BadRequest();
        var proof = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (proof != grant.Challenge || form["redirect_uri"] != grant.RedirectUri) return Results.BadRequest();
        var token = Guid.NewGuid().ToString("N");
        _tokens[token] = grant.Person;
        return Results.Text(JsonSerializer.Serialize(new { access_token = token, token_type = "bearer" }), "application/json");
    }

    private GitHubPerson? PersonOf(HttpRequest request) => _tokens.GetValueOrDefault(request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal));
}

public sealed record GitHubPerson(long Id, string Login, string Email, bool Verified = true, string? Name = null);
