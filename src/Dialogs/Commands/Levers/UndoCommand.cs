using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands.Settings;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Levers;

/// <summary>One move back, asked about first. Said again it offers the move before that one, and never does the same twice.</summary>
public sealed class UndoCommand(UndoDesk desk, SettingDesk settings, CampaignClock clock) : ICommand
{
    private const string What = "what";

    public Verb Verb { get; } = new(
        "undo", ["undo"], [Takes.Campaign, new VerbArgument(What, ArgumentKind.Words, "bid, budget, or a setting such as cap or mode", Optional: true)], Permission.Raise, VerbKind.Acts,
        "undoes the last move of a bid or a budget, or the last change of a setting, within 30 days, whoever made it, after asking; of several a list", "undo c1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("has anything to undo", async (campaign, cancellationToken) =>
        !SettingsOf(campaign).IsEmpty || !(await desk.LastAsync(campaign, cancellationToken)).Plan.Levers.IsEmpty);

    public async Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var found = await desk.LastAsync(call.Campaign, cancellationToken);
        if (MeantSetting(found, call) is { Back: { } back } setting)
            return await AsksAsync(call.Campaign, setting.Undone, back, turn.Person, cancellationToken);

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
        if (MeantSetting(found, call) is { } setting)
        {
            var says = setting.Back is null
                ? $"Nothing was undone: {setting.Left}"
                : (await settings.SetAsync(call.Campaign.Id, now => SettingUndo.Back(now, setting.Undone), turn.Person, call.Sure, cancellationToken)).Says;
            await turn.SayAsync(says, cancellationToken);
            return;
        }

        if (Meant(found, call) is { } lever)
        {
            await turn.SayAsync(
                lever.Held is null ? await desk.UndoAsync(call.Campaign, lever.Lever, turn.Person, cancellationToken) : $"Nothing was undone: {ReturnWords.Of(lever, clock.GetUtcNow())}.", cancellationToken);
            return;
        }

        var changed = SettingsOf(call.Campaign);
        if ((found.Plan.Levers.IsEmpty && changed.IsEmpty) || call.Has(What))
        {
            await turn.SayAsync(Nothing(found, call.Find<string>(What)), cancellationToken);
            return;
        }

        var beside = string.Concat(found.Beside.Select(other => $" Not undone by any: {other}."));
        await turn.SayAsync(
            ChatMessage.Of(new PickCard(
                $"Several things can be undone in {call.Campaign.Name}, the newest first. Which?",
                [
                    .. found.Plan.Levers.Select(one => (one.Moves[0].At, Choice: new PickCard.Choice(ReturnWords.Of(one, clock.GetUtcNow()), $"undo {call.Campaign.Handle} {one.Lever}")))
                        .Concat(changed.Select(one => (one.Undone.At, Choice: new PickCard.Choice(Words(one.Undone), $"undo {call.Campaign.Handle} {one.Undone.Name}"))))
                        .OrderByDescending(one => one.At)
                        .Select(one => one.Choice),
                ],
                beside.Trim())),
            cancellationToken);
    }

    /// <summary>The only lever, or the one that was named.</summary>
    private LeverReturn? Meant(CampaignReturn found, VerbCall call) => call.Find<string>(What) is { } what
        ? found.Plan.Levers.FirstOrDefault(lever => lever.Lever.EndsWith(what, StringComparison.OrdinalIgnoreCase) || lever.Named.Trim('"').EndsWith(what.Trim('"'), StringComparison.OrdinalIgnoreCase))
        : found.Plan.Levers is [var only] && SettingsOf(call.Campaign).IsEmpty ? only : null;

    /// <summary>The setting that was named, or the only one where no lever was moved.</summary>
    private SettingReturn? MeantSetting(CampaignReturn found, VerbCall call)
    {
        var changed = SettingsOf(call.Campaign);
        return call.Find<string>(What) is { } what
            ? changed.FirstOrDefault(one => one.Undone.Name.Equals(what, StringComparison.OrdinalIgnoreCase))
            : found.Plan.Levers.IsEmpty && changed is [var only] ? only : null;
    }

    private ImmutableArray<SettingReturn> SettingsOf(Campaign campaign) => SettingUndo.Of(campaign, clock.GetUtcNow());

    /// <summary>What lifts a limit is lifted as any other: asked about, and above the same sizes by a second person.</summary>
    private async Task<Confirmation?> AsksAsync(Campaign campaign, SettingChanged undone, SettingChange back, Person by, CancellationToken cancellationToken)
    {
        var preview = await settings.PreviewAsync(campaign, back, by, cancellationToken);
        var acts = back.Loosens ? null : await settings.ActsOnAsync(campaign, back, cancellationToken);
        return preview?.Objection is not null ? null : new Confirmation($"Undo the last change of {campaign.Name}?")
        {
            Lines = [Words(undone), .. back.Loosens ? SettingQuestion.Lines(campaign, back, preview) : acts is null ? Array.Empty<string>() : [acts]],
            About = $"{undone.Name}: {undone.After} → {undone.Before} at {undone.At:O} {preview?.SecondPerson is null}{(acts is null ? "" : " although the monitor acts on it")}",
            OnlyAsAsked = true,
            Then = preview?.Unusual is { } size && back.Cap is { } cap ? new Confirmation($"{size}. Really {cap.To}?") { Lines = ["Typing the amount once more is a yes too."], Amount = cap.To } : null,
        };
    }

    private string Words(SettingChanged undone) => $"{undone.Name}: {undone.After} → {undone.Before} (changed by {undone.By} {Ages.Since(undone.At, clock.GetUtcNow())})";

    private static string Nothing(CampaignReturn found, string? what)
    {
        var others = string.Concat(found.Plan.LeftAlone.Concat(found.Beside).Select(says => $" {char.ToUpperInvariant(says[0])}{says[1..]}."));
        var named = what is null ? "" : $" of its {what}";
        return $"There is nothing{named} to undo in {found.Campaign.Name} from the last {UndoPlans.Reach.TotalDays:0} days.{others}";
    }
}
