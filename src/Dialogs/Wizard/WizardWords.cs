using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>Carries out the words that mean the same at every step, as <see cref="WizardVerbs"/> declares them.</summary>
public sealed class WizardWords(WizardDesk desk, WizardLaunch launch, Rights rights)
{
    /// <summary>Whether somebody may not press a button of a draft; they are told why.</summary>
    public async Task<bool> RefusesAsync(TurnContext turn, string pressed, CancellationToken cancellationToken)
    {
        if (WizardVerbs.All.FirstOrDefault(verb => verb.Name == pressed) is not { } verb || await rights.RefusalAsync(verb, turn.Person, cancellationToken) is not { } refusal)
            return false;

        await turn.TellAsync(refusal, cancellationToken);
        return true;
    }

    public async Task<bool> TryAsync(TurnContext turn, CampaignDraft draft, string said, CancellationToken cancellationToken)
    {
        if (WizardVerbs.Find(said) is not var (verb, rest))
            return false;

        if (await rights.RefusalAsync(verb, turn.Person, cancellationToken) is { } refusal)
        {
            // What only shows something has a command beside it that everybody may use.
            if (verb.Kind == VerbKind.Reads)
                return false;

            await turn.TellAsync(refusal, cancellationToken);
            return true;
        }

        switch (verb.Name)
        {
            case "back":
                await BackAsync(turn, draft, cancellationToken);
                return true;
            case "save":
                await PutAsideAsync(turn, draft, "Saved", cancellationToken);
                return true;
            case "cancel":
                await PutAsideAsync(turn, draft, "Closed, nothing was launched", cancellationToken);
                return true;
            case "help":
                await HelpAsync(turn, draft, cancellationToken);
                return true;
            case "done":
                await DoneAsync(turn, draft, cancellationToken);
                return true;
            case "default":
                await DefaultAsync(turn, draft, cancellationToken);
                return true;
            case "launch":
                await launch.LaunchAsync(turn, draft, null, cancellationToken);
                return true;
            case "review":
                await desk.ShowAsync(turn, await AtAsync(draft, WizardSteps.Review, cancellationToken), WizardSteps.Get(draft.Step), [], [], cancellationToken);
                return true;
            case "missing":
                await MissingAsync(turn, draft, cancellationToken);
                return true;
            case "override" when draft.Step == WizardSteps.Review:
                await launch.OverrideAsync(turn, draft, rest, cancellationToken);
                return true;
            case "edit":
                return await TryEditAsync(turn, draft, rest, cancellationToken);
            default:
                return false;
        }
    }

    private async Task BackAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var number = WizardSteps.NumberOf(WizardSteps.Get(draft.Step));
        var before = WizardSteps.All[Math.Max(0, number - 2)];
        var saved = await AtAsync(draft, before.Name, cancellationToken);
        await desk.ShowAsync(turn, saved, WizardSteps.Get(draft.Step), number == 1 ? ["This is the first step."] : [], [], cancellationToken);
    }

    private async Task PutAsideAsync(TurnContext turn, CampaignDraft draft, string what, CancellationToken cancellationToken)
    {
        await WizardDesk.FoldAsync(turn, draft, "put aside", cancellationToken);
        var kept = await desk.ShelveAsync(turn, draft, cancellationToken);
        var name = kept.Name ?? "Your draft";
        await turn.SayAsync(
            new ChatMessage($"{what}. {name} is kept: say \"drafts\" to go on with it or to delete it.") { QuickReplies = [new QuickReply("Drafts", "drafts")] },
            cancellationToken);
    }

    private async Task HelpAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var view = await desk.ViewAsync(draft, cancellationToken);
        await turn.SayAsync(
            $"{WizardSteps.Get(draft.Step).Prompt(view.Context)}\n\nAlways: {Always(turn.Person)}. Anything said earlier can be changed by saying it again, for example \"budget $600\" or \"edit countries\".",
            cancellationToken);
    }

    private async Task DoneAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var done = draft.Step == "creatives" ? draft with { CreativesDone = true } : draft;
        var step = WizardSteps.Get(draft.Step);
        var profile = (await desk.ViewAsync(done, cancellationToken)).Profile;
        var missing = step.Missing(done, profile);
        if (missing.Count > 0)
        {
            await desk.ShowAsync(turn, draft, step, [], [$"Still needed here: {string.Join("; ", step.Missing(done, profile))}."], cancellationToken);
            return;
        }

        var next = WizardSteps.Next(done, profile, step.Name);
        await desk.ShowAsync(turn, await AtAsync(done, next.Name, cancellationToken), step, [], [], cancellationToken);
    }

    private async Task DefaultAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Step == "creatives")
        {
            await DoneAsync(turn, draft, cancellationToken);
            return;
        }

        if (draft.Step == WizardSteps.Review)
        {
            await DefaultStartAsync(turn, draft, cancellationToken);
            return;
        }

        var step = WizardSteps.Get(draft.Step);
        var view = await desk.ViewAsync(draft, cancellationToken);
        if (step.Default(draft, view.Context) is not { } filled || !step.IsComplete(filled, view.Profile))
        {
            await desk.ShowAsync(turn, draft, step, [], [$"There is no suggestion for this; it needs your answer: {string.Join("; ", step.Missing(draft, view.Profile))}."], cancellationToken);
            return;
        }

        var next = WizardSteps.Next(filled, view.Profile, step.Name);
        await desk.ShowAsync(turn, await AtAsync(filled, next.Name, cancellationToken), step, ["Took the suggestion."], [], cancellationToken);
    }

    private async Task MissingAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var open = WizardSteps.FirstOpen(draft, (await desk.ViewAsync(draft, cancellationToken)).Profile).Name;
        if (open == WizardSteps.Review && await launch.BlockingAsync(draft, cancellationToken) is [var wrong, ..])
            open = wrong.Field == nameof(draft.Creatives) ? "creatives" : FieldCatalogue.Find(wrong.Field)?.Step ?? open;

        await desk.ShowAsync(turn, await AtAsync(draft, open, cancellationToken), WizardSteps.Get(draft.Step), [], [], cancellationToken);
    }

    /// <summary>What spends at once is not chosen for anybody without a word, nor for a draft that could not be launched.</summary>
    private async Task DefaultStartAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var review = WizardSteps.Get(WizardSteps.Review);
        var wrong = (await launch.BlockingAsync(draft, cancellationToken)).Where(problem => problem.Field != nameof(draft.Schedule)).Select(problem => problem.Field).Distinct().ToList();
        var refusal = (wrong.Count, draft.HasStart) switch
        {
            (> 0, _) => $"Nothing was set. First of all this is needed: {string.Join(", ", wrong.Select(field => (FieldCatalogue.Find(field)?.Label ?? field).ToLowerInvariant()))}.",
            (_, true) => "Everything is set. Change what you like by saying it, or say \"launch\".",
            _ => null,
        };
        if (refusal is not null)
        {
            await desk.ShowAsync(turn, draft, review, [], [refusal], cancellationToken);
            return;
        }

        var started = await desk.SaveAsync(draft.StartingAt(null), cancellationToken);
        await desk.ShowAsync(turn, started, review, ["Start: now, so it spends as soon as it is launched (\"start tomorrow 9am\" changes it)"], [], cancellationToken);
    }

    private async Task<bool> TryEditAsync(TurnContext turn, CampaignDraft draft, string name, CancellationToken cancellationToken)
    {
        var step = FieldCatalogue.Named(name)?.Step ?? (name.StartsWith("creative", StringComparison.OrdinalIgnoreCase) ? "creatives" : null);
        if (step is null)
            return false;

        await desk.ShowAsync(turn, await AtAsync(draft, step, cancellationToken), WizardSteps.Get(draft.Step), [], [], cancellationToken);
        return true;
    }

    private Task<CampaignDraft> AtAsync(CampaignDraft draft, string step, CancellationToken cancellationToken) =>
        desk.SaveAsync(draft with { Step = step }, cancellationToken);

    private static string Always(Person person)
    {
        var others = WizardVerbs.All.Where(verb => verb != WizardVerbs.Default && !verb.Phrases.IsEmpty && person.MaySomewhere(verb.Needs));
        return $"\"{WizardVerbs.Default.Name}\" {WizardVerbs.Default.Summary}; also {string.Join(", ", others.Select(verb => $"\"{verb.Name}\""))}";
    }
}
