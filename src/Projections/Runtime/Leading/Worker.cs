using System.Security.Cryptography;

namespace EventEngine.Projections.Runtime.Leading;

/// <summary>One engine in one process, as others in the database see it. A new one after every start: nobody is taken for their predecessor.</summary>
internal sealed class Worker
{
    private readonly string _instance = RandomNumberGenerator.GetHexString(12, lowercase: true);

    public Worker() => Name = $"{Environment.MachineName.Replace(' ', '-')} {Environment.ProcessId} {_instance}";

    /// <summary>Machine, process id and instance.</summary>
    public string Name { get; }

    /// <summary>The session that holds this worker's leases: as long as it stands, the process exists.</summary>
    public string LeaseSession => LeaseSessionOf(Name);

    public static string LeaseSessionOf(string worker) => $"eventengine leases {InstanceOf(worker)}";

    /// <summary>A session that writes, by what it writes.</summary>
    public static string SessionOf(string worker, string what) => $"eventengine {what} {InstanceOf(worker)}";

    private static string InstanceOf(string worker) => worker[(worker.LastIndexOf(' ') + 1)..];
}
