using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Measuring.Years;

/// <summary><c>bench verify</c>: how long walking the audit trail takes, over a thousand entries for each campaign that is asked for.</summary>
internal static class VerifyBench
{
    private const int EntriesForACampaign = 1000;
    private const int Writers = 1000;

    public static async Task<BenchResult> RunAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        await using var host = await BenchHost.OpenAsync(plan, cancellationToken);
        var trail = host.Get<IAuditTrail>();
        await Parallel.ForAsync(
            0, plan.Campaigns * EntriesForACampaign, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
            async (number, token) => await trail.AppendAsync(Entry(number), token));

        var began = host.Machine.GetTimestamp();
        var verdict = await trail.VerifyAsync(cancellationToken);
        var took = host.Machine.GetElapsedTime(began);

        return new BenchResult("verify", plan.Campaigns, 0, "walking the audit trail", Spread.Of([took]), host.Line.Requests)
        {
            Counts = [("entries", "entries, each as it was written", verdict.FirstBad is null ? verdict.Entries : 0)],
        };
    }

    private static AuditEntry Entry(int number) => new(
        WorkspaceId.Local, new AdAccountId("meta"), new CampaignId($"c-{number % 100}"), PersonId.Agent, "outcome", "moved the budget $500 to $550: confirmed by the network",
        new JsonObject { ["key"] = $"budget/{number}", ["lever"] = "budget", ["from"] = 500, ["to"] = 550, ["because"] = "results cost $9.80, a fifth less than the target of $12" });
}
