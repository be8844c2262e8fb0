using Google.Protobuf;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

public sealed class TapeMessageTests
{
    public static TheoryData<string> Scenarios => Tapes.Names;

    [Fact]
    public void There_are_28_scenarios() => Tapes.Names.Count.ShouldBe(28);

    /// <summary>Nothing is unknown to our messages, and what they write is what was read, byte for byte.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_message_is_understood_and_written_as_it_was(string scenario)
    {
        foreach (var call in Tapes.Of(scenario).Calls)
        {
            foreach (var bytes in call.Bytes("requests")) Check(call.RequestParser, bytes);
            foreach (var bytes in call.Bytes("responses")) Check(call.ResponseParser, bytes);
        }

        static void Check(MessageParser parser, byte[] bytes) =>
            Convert.ToHexString(parser.WithDiscardUnknownFields(true).ParseFrom(bytes).ToByteArray()).ShouldBe(Convert.ToHexString(bytes));
    }
}
