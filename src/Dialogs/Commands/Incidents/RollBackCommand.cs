using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.RollingBack;
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
        "puts bids and budgets of the last 24 hours back, after showing what goes up; a raise is held as any other, and what is paused stays so", "roll back i1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Incident>("has anything to put back", async (incident, cancellationToken) => !(await desk.RollBackPlanAsync(incident.Id, cancellationToken)).Moves.IsEmpty);

    /// <summary>Nothing is asked where nothing would be put back: why is said at once.</summary>
    public async Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident");
        var plan = await desk.RollBackPlanAsync(incident.Id, cancellationToken);
        var back = plan.Levers.Where(lever => lever.Held is null).ToList();
        if (back.Count == 0)
            return null;

        var changes = back.Sum(lever => lever.Moves.Length);
        var raised = back.Where(lever => lever.IsRaise).Select(lever => lever.Named).ToList();
        return new Confirmation(
            $"Put {changes} change{(changes == 1 ? "" : "s")} of {incident.CampaignName} back{(raised.Count > 0 ? $", which raises its {string.Join(" and ", raised)}" : "")}? {(plan.Runs ? "It runs on." : "It stays paused.")}")
        {
            Lines = [.. plan.Levers.Select(lever => ReturnWords.Of(lever, clock.GetUtcNow())), .. plan.LeftAlone],
            About = ReturnWords.About(plan),
        };
    }

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var incident = call.Get<Incident>("incident").Id;
        await reply.TellAsync(incident, await desk.RollBackAsync(incident, turn.Person, cancellationToken), turn, cancellationToken);
    }
}
