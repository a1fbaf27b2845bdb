using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

public sealed class RollBackCommand(IncidentDesk desk, IncidentReply reply, CampaignClock clock) : ICommand
{
    public Verb Verb { get; } = new(
        "roll back", ["roll back", "rollback"], [Takes.Incident], Permission.Respond, VerbKind.Acts,
        "puts bids and budgets of the last 24 hours back, after showing them; the campaign stays paused", "roll back i1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Incident>("has anything to put back", async (incident, cancellationToken) => !(await desk.RollBackPlanAsync(incident.Id, cancellationToken)).Moves.IsEmpty);

    public async Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident");
        var plan = await desk.RollBackPlanAsync(incident.Id, cancellationToken);
        return plan.Moves.IsEmpty
            ? null
            : new Confirmation($"Put {plan.Moves.Length} change{(plan.Moves.Length == 1 ? "" : "s")} of {incident.CampaignName} back? It stays paused.")
            {
                Lines = [.. plan.Moves.GroupBy(move => move.Lever).Select(Net), .. plan.LeftAlone],
                About = string.Join('\n', plan.Moves.Select(move => $"{move.Lever}: {move.After} → {move.Before} at {move.At:O}")),
            };
    }

    /// <summary>What a lever ends at, whatever number of moves led away from it; the newest move comes first.</summary>
    private string Net(IGrouping<string, LeverMove> moves)
    {
        var newest = moves.First();
        var by = string.Join(" and ", moves.Select(move => $"{move.By}").Distinct());
        return moves.Count() == 1
            ? $"{moves.Key}: {newest.After} → {newest.Before} (moved by {by} {Ages.Since(newest.At, clock.GetUtcNow())})"
            : $"{moves.Key}: {newest.After} → {moves.Last().Before} ({moves.Count()} changes by {by}, the last {Ages.Since(newest.At, clock.GetUtcNow())})";
    }

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident").Id;
        await reply.TellAsync(incident, await desk.RollBackAsync(incident, turn.Person, cancellationToken), turn, cancellationToken);
    }
}
