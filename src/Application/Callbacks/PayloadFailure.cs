namespace EventEngine.Application.Callbacks;

/// <param name="Code">For programs: <c>no_callback</c>.</param>
/// <param name="What">What happened.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record PayloadFailure(string Code, string What, string Advice)
{
    internal static PayloadFailure NotJson { get; } = new(
        "not_json", "The app answered, but not with JSON.", "It should answer this request with any JSON, in UTF-8 and not compressed. Open the address yourself to see what it answers.");

    internal static PayloadFailure Of(CallbackAnswer answer)
    {
        var (code, advice) = answer.Outcome switch
        {
            CallbackOutcome.NoCallback => ("no_callback", "An admin enters it in the app's settings; the app then answers two requests there, as docs/callbacks.md shows."),
            CallbackOutcome.NoKey => ("no_key", "Issue a key in the app's settings, and put it where the app finds its secrets."),
            CallbackOutcome.AddressRefused =>
                ("address_refused", "Enter an address that can be reached from the internet. In a private installation the operator can open a network (EventEngine__Outbound__AllowedNetworks)."),
            CallbackOutcome.Unreachable => ("unreachable", "See whether the app runs, and whether the callback address in its settings is right."),
            CallbackOutcome.Unauthorized => ("unauthorized", "It must accept the newest of its active keys: compare the last four characters in the app's settings."),
            CallbackOutcome.NotFound => ("payload_not_found", "Perhaps its outbox was cleaned up. If that is so for every event, look at the callback address: /cloud_api/events/{id} is added to it."),
            CallbackOutcome.TimedOut => ("timed_out", "Try again; if it stays so, see why the app takes long to find one event by its id."),
            CallbackOutcome.Broken => ("broken", "Try again; if it stays so, look into the log of the app, or of the proxy before it."),
            CallbackOutcome.TooLarge => ("too_large", "What is longer is not shown here: look at this event in the app itself."),
            _ when answer.StatusCode is >= 300 and < 400 => ("refused", "Enter the address that it leads to as the callback address."),
            _ => ("refused", "The log of the app should say why."),
        };
        return new PayloadFailure(code, answer.Reason ?? "The app did not answer.", advice);
    }
}
