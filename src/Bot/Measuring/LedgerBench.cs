using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary><c>bench ledger</c>: how many entries a second the audit trail takes, from one writer and from many, each on the disk before it counts.</summary>
internal static class LedgerBench
{
    private const int Entries = 2000;
    private const int ManyWriters = 64;

    public static async Task<BenchResult> RunAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        await using var host = await BenchHost.OpenAsync(plan, cancellationToken);
        var trail = host.Get<IAuditTrail>();
        var (alone, aloneTook) = await WriteAsync(host, trail, 1, cancellationToken);
        var (together, togetherTook) = await WriteAsync(host, trail, ManyWriters, cancellationToken);
        var verdict = await trail.VerifyAsync(cancellationToken);

        return new BenchResult("ledger", 0, 0, "one entry, from one writer", Spread.Of(alone), host.Line.Requests)
        {
            Parts = [("together", $"one entry, from {ManyWriters} writers at once", Spread.Of(together))],
            Counts =
            [
                ("aloneEachSecond", "entries a second from one writer", ASecond(aloneTook)),
                ("togetherEachSecond", $"entries a second from {ManyWriters} writers at once", ASecond(togetherTook)),
                ("verified", "entries in the chain afterwards, each as it was written", verdict.FirstBad is null ? verdict.Entries : 0),
            ],
        };
    }

    private static async Task<(IReadOnlyCollection<TimeSpan> Each, TimeSpan All)> WriteAsync(
        BenchHost host, IAuditTrail trail, int writers, CancellationToken cancellationToken)
    {
        var each = new TimeSpan[Entries];
        var began = host.Machine.GetTimestamp();
        await Parallel.ForAsync(
            0, Entries, new ParallelOptions { MaxDegreeOfParallelism = writers, CancellationToken = cancellationToken }, async (number, token) =>
            {
                var asked = host.Machine.GetTimestamp();
                var facts = new JsonObject { ["from"] = 500, ["to"] = 550, ["number"] = number };
                await trail.AppendAsync(new AuditEntry(WorkspaceId.Local, null, null, PersonId.Agent, "measured", "moved the budget $500 to $550", facts), token);
                each[number] = host.Machine.GetElapsedTime(asked);
            });
        return (each, host.Machine.GetElapsedTime(began));
    }

    private static long ASecond(TimeSpan took) => (long)(Entries / took.TotalSeconds);
}
