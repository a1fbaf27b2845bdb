using System.Text.Json;
using ChatOpsCampaigns.Automation.Feed;

namespace ChatOpsCampaigns.Bot.Auditing;

/// <summary><c>audit verify [--json]</c>: walks the audit trail while no bot is running. 0 when it is intact, 1 when it is broken.</summary>
internal static class AuditReport
{
    public static async Task<int> WriteAsync(IServiceProvider services, IConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        var verdict = await services.GetRequiredService<IAuditTrail>().VerifyAsync(cancellationToken);
        await output.WriteLineAsync(configuration.GetValue<bool>("json") ? Json(verdict) : Text(verdict));
        return verdict.Intact ? 0 : 1;
    }

    private static string Json(AuditVerdict verdict) => JsonSerializer.Serialize(new
    {
        audit = new { intact = verdict.Intact, entries = verdict.Entries, firstBad = verdict.FirstBad, removed = verdict.Removed, says = verdict.Says, cannotSee = verdict.CannotSee, checkpoints = verdict.Checkpoints },
    });

    private static string Text(AuditVerdict verdict) => string.Concat(
        verdict.Intact ? "Intact: " : $"Broken at entry {verdict.FirstBad}: ",
        verdict.Says,
        verdict.CannotSee.Count > 0 ? $" This run cannot see: {string.Join("; ", verdict.CannotSee)}." : "",
        verdict.Checkpoints.Count > 0 ? $"\nCompare with what the feed channel was told:\n{string.Join('\n', verdict.Checkpoints)}" : "");
}
