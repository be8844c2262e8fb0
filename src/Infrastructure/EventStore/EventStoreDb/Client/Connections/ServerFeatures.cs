using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf.WellKnownTypes;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;

/// <summary>What a server can do, as far as this client cares.</summary>
internal sealed record ServerFeatures(string Version, bool BatchAppend, bool DeadlineIsDuration)
{
    private const string GetSupportedMethods = "/event_store.client.server_features.ServerFeatures/GetSupportedMethods";

    /// <summary>Servers that can't even say what they can do are old: they get the plain calls.</summary>
    public static async Task<ServerFeatures> AskAsync(GrpcChannel channel, TimeSpan deadline)
    {
        try
        {
            var request = GrpcRequest.Of(GrpcFrame.Of(new Empty()));
            return Of(await channel.AskAsync(GetSupportedMethods, request, SupportedMethods.Parser, deadline, CancellationToken.None));
        }
        catch (EventStoreDbException e) when (e.Status == GrpcStatus.Unimplemented)
        {
            return new ServerFeatures("", BatchAppend: false, DeadlineIsDuration: false);
        }
    }

    private static ServerFeatures Of(SupportedMethods supported)
    {
        var batch = supported.Methods.FirstOrDefault(method => method is { Service: "event_store.client.streams.streams", Method: "batchappend" });
        return new ServerFeatures(supported.ServerVersion, batch is not null, batch?.Features.Contains("deadline_duration") ?? false);
    }
}
