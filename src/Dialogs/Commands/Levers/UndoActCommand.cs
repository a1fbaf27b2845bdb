using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Levers;

/// <summary>The button below what the agent did: takes back that act and no other, and nothing once somebody moved the lever.</summary>
public sealed class UndoActCommand(UndoDesk desk, CampaignClock clock) : ICommand
{
    private const string Act = "act";

    public Verb Verb { get; } = new(
        "undo act", ["undo act", "roll back act"], [Takes.Campaign, new VerbArgument(Act, ArgumentKind.Words, "the act, as its button names it")], Permission.Raise, VerbKind.Acts,
        "undoes exactly one act of the agent, as the button below it does, unless its lever was moved since", "undo act c1 3f2a91bc40");

    public async Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var found = await desk.OfActAsync(call.Campaign, call.Get<string>(Act), cancellationToken);
        return WhyNot(found) is not null ? null : new Confirmation($"Undo what the agent did in {call.Campaign.Name}?")
        {
            Lines = [.. found.Plan.Levers.Select(lever => ReturnWords.Of(lever, clock.GetUtcNow()))],
            About = ReturnWords.About(found.Plan),
            OnlyAsAsked = true,
        };
    }

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var act = call.Get<string>(Act);
        var found = await desk.OfActAsync(call.Campaign, act, cancellationToken);
        await turn.SayAsync(WhyNot(found) ?? await desk.UndoActAsync(call.Campaign, act, turn.Person, cancellationToken), cancellationToken);
    }

    private string? WhyNot(CampaignReturn found)
    {
        var (name, plan) = (found.Campaign.Name, found.Plan);
        string[] stays = [.. plan.LeftAlone, .. plan.Levers.Where(lever => lever.Held is not null).Select(lever => ReturnWords.Of(lever, clock.GetUtcNow()))];
        return stays.Length > 0 ? $"Nothing was undone in {name}: {string.Join("; ", stays)}."
            : plan.Levers.IsEmpty ? $"Nothing was undone: {name} has no such act from the last {UndoPlans.Reach.TotalDays:0} days. \"undo {found.Campaign.Handle}\" shows what can be undone."
            : null;
    }
}
