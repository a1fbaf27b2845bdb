using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Levers;

/// <summary>One move back, asked about first. Said again it offers the move before that one, and never does the same twice.</summary>
public sealed class UndoCommand(UndoDesk desk, CampaignClock clock) : ICommand
{
    private const string What = "what";

    public Verb Verb { get; } = new(
        "undo", ["undo"], [Takes.Campaign, new VerbArgument(What, ArgumentKind.Words, "bid or budget", Optional: true)], Permission.Raise, VerbKind.Acts,
        "undoes the last move of a bid or a budget within 30 days, whoever made it, after asking; of several a list", "undo c1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("has anything to undo", async (campaign, cancellationToken) => !(await desk.LastAsync(campaign, cancellationToken)).Plan.Levers.IsEmpty);

    public async Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var found = await desk.LastAsync(call.Campaign, cancellationToken);
        return Meant(found, call) is { Held: null } lever
            ? new Confirmation($"Undo the last change of {call.Campaign.Name}?")
            {
                Lines = [ReturnWords.Of(lever, clock.GetUtcNow()), .. found.Beside.Select(other => $"Not undone by this: {other}")],
                About = ReturnWords.About(new RollBackPlan(lever.Moves) { Levers = [lever] }),
                OnlyAsAsked = true,
            }
            : null;
    }

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var found = await desk.LastAsync(call.Campaign, cancellationToken);
        if (Meant(found, call) is { } lever)
        {
            await turn.SayAsync(
                lever.Held is null ? await desk.UndoAsync(call.Campaign, lever.Lever, turn.Person, cancellationToken) : $"Nothing was undone: {ReturnWords.Of(lever, clock.GetUtcNow())}.", cancellationToken);
            return;
        }

        if (found.Plan.Levers.IsEmpty || call.Has(What))
        {
            await turn.SayAsync(Nothing(found, call.Find<string>(What)), cancellationToken);
            return;
        }

        var beside = string.Concat(found.Beside.Select(other => $" Not undone by any: {other}."));
        await turn.SayAsync(
            ChatMessage.Of(new PickCard(
                $"Several things can be undone in {call.Campaign.Name}, the newest first. Which?",
                [.. found.Plan.Levers.Select(one => new PickCard.Choice(ReturnWords.Of(one, clock.GetUtcNow()), $"undo {call.Campaign.Handle} {one.Lever}"))], beside.Trim())),
            cancellationToken);
    }

    /// <summary>The only lever, or the one that was named.</summary>
    private static LeverReturn? Meant(CampaignReturn found, VerbCall call) => call.Find<string>(What) is { } what
        ? found.Plan.Levers.FirstOrDefault(lever => lever.Lever.EndsWith(what, StringComparison.OrdinalIgnoreCase))
        : found.Plan.Levers is [var only] ? only : null;

    private static string Nothing(CampaignReturn found, string? what)
    {
        var others = string.Concat(found.Plan.LeftAlone.Concat(found.Beside).Select(says => $" {char.ToUpperInvariant(says[0])}{says[1..]}."));
        var named = what is null ? "" : $" of its {what}";
        return $"There is nothing{named} to undo in {found.Campaign.Name} from the last {UndoPlans.Reach.TotalDays:0} days.{others}";
    }
}
