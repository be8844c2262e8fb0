using System.Net;
using System.Net.Http.Headers;
using EventEngine.Application.Apps;
using EventEngine.Application.Callbacks;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;
using EventEngine.Infrastructure.Outbound;
using Microsoft.Extensions.Options;

namespace EventEngine.Infrastructure.Callbacks;

/// <summary>Asks apps at their callback address, which is read from their own stream: a change holds for the very next call.</summary>
public sealed class Callbacks(IEventStore store, IApiKeyVault vault, OutboundHttp http, IOptions<EventEngineOptions> options) : ICallbacks
{
    private const int MostPayload = 1 << 20;

    public Task<CallbackAnswer> FetchPayloadAsync(AppId app, string eventId, CancellationToken ct) =>
        AskAsync(app, eventId, HttpMethod.Get, action: "", status => IsSuccess(status) ? MostPayload : 0, CallbackAnswers.OfPayload, isTooLate: null, ct);

    public Task<CallbackAnswer> RetryAsync(AppId app, string eventId, CancellationToken ct, Func<bool>? isTooLate = null) =>
        AskAsync(app, eventId, HttpMethod.Post, "/retry", status => IsSuccess(status) ? 0 : RefusalReason.MostBytes, CallbackAnswers.OfRetry, isTooLate, ct);

    private async Task<CallbackAnswer> AskAsync(
        AppId app, string eventId, HttpMethod method, string action, Func<HttpStatusCode, int> take, Func<OutboundAnswer, string, CallbackAnswer> read, Func<bool>? isTooLate,
        CancellationToken ct)
    {
        var state = await store.FoldAsync(StreamName.App(app), App.Initial, App.Evolve, ct);
        if (!state.Exists || CallbackAddress.Read(state.CallbackUrl, options.Value.Outbound.PlainHttp) is not { } callback) return CallbackAnswers.NoCallback;
        if (await vault.RevealLastAsync(app, state.ActiveKeys, ct) is not { } key || !IsSendable(key)) return CallbackAnswers.NoKey;
        if (CallbackAddress.Of(callback, eventId, action) is not { } address) return CallbackAnswers.UnaskableId;
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Secret);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("EventEngine-Cloud", productVersion: null));
        if (method == HttpMethod.Post) request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        if (isTooLate?.Invoke() == true) return CallbackAnswers.TooLate;
        return read(await http.SendAsync(request, take, ct), address.IdnHost);
    }

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    /// <summary>A key that somebody chose may hold what no header can.</summary>
    private static bool IsSendable(ApiKey key) => key.Secret.All(letter => letter is > ' ' and <= '~');
}
