using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class RollBackCommand(IncidentDesk desk, IncidentReply reply, CampaignClock clock) : ICommand
{
    public Verb Verb { get; } = new(
        "roll back", ["roll back", "rollback"], [Takes.Incident], Permission.Respond, VerbKind.Acts,
        "puts bids and budgets of the last 24 hours back, after showing them; the campaign stays paused", "roll back i1");

    public async Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident");
        var plan = await desk.RollBackPlanAsync(incident.Id, cancellationToken);
        return plan.Moves.IsEmpty
            ? null
            : new Confirmation($"Put {plan.Moves.Length} change{(plan.Moves.Length == 1 ? "" : "s")} of {incident.CampaignName} back? It stays paused.")
            {
                Lines = [.. plan.Moves.Select(move => $"{move.Lever}: {move.After} → {move.Before} (moved by {move.By} {Ages.Since(move.At, clock.GetUtcNow())})")],
                About = string.Join('\n', plan.Moves.Select(move => $"{move.Lever}: {move.After} → {move.Before} at {move.At:O}")),
            };
    }

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident").Id;
        await reply.TellAsync(incident, await desk.RollBackAsync(incident, turn.Person, cancellationToken), turn, cancellationToken);
    }
}
