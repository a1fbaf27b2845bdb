using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Workspace;

public sealed class AuditVerifyCommand(IAuditTrail audit) : ICommand
{
    public Verb Verb { get; } = new(
        "audit verify", ["audit verify", "verify audit"], Takes.Nothing, Permission.Operate, VerbKind.Reads,
        "walks the audit trail and says whether every entry still fits", "audit verify");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var verdict = await audit.VerifyAsync(cancellationToken);
        var blind = verdict.CannotSee.Count > 0 ? $" This run cannot see: {string.Join("; ", verdict.CannotSee)}." : "";
        var told = verdict.Checkpoints.Count > 0 ? $"\nCompare with what the feed channel was told:\n{string.Join('\n', verdict.Checkpoints)}" : "";
        await turn.SayAsync($"{(verdict.Intact ? "Intact" : $"BROKEN at entry {verdict.FirstBad}")}: {verdict.Says}{blind}{told}", cancellationToken);
    }
}
