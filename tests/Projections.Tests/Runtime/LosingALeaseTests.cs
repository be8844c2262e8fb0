using EventEngine.Projections.Runtime.Leading;

namespace EventEngine.Projections.Tests.Runtime;

public sealed class LosingALeaseTests
{
    [Fact]
    public async Task Whoever_listens_is_told_however_often_it_is_lost_before_it_is_let_go()
    {
        for (var i = 0; i < 2_000; i++)
        {
            var lease = new Lease(LeaseRows.OfLeads, "entries", epoch: 1, "session");
            using var listening = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost);

            _ = lease.LoseAsync(); // a renewal finds that a rival has it
            await lease.LoseAsync(); // and a commit does, at the same moment
            lease.Dispose();

            listening.IsCancellationRequested.ShouldBeTrue($"in round {i}");
        }
    }
}
