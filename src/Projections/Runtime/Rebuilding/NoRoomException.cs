namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>The disk is full. A build gives its room back then: what arrives needs it more.</summary>
public sealed class NoRoomException(string projection, Exception cause)
    : Exception($"The database's disk is full. What was built of {projection} gives its room back; a build takes as much as the live tables once more. ({cause.Message})", cause);
