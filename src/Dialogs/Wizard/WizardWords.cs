using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>The words that mean the same at every step: back, save, cancel, help, done, default, launch, override, edit.</summary>
public sealed partial class WizardWords(WizardDesk desk, WizardLaunch launch)
{
    public async Task<bool> TryAsync(TurnContext turn, CampaignDraft draft, string said, CancellationToken cancellationToken)
    {
        var word = said.Trim().TrimEnd('.', '!').ToLowerInvariant();
        switch (word)
        {
            case "back" or "previous":
                await BackAsync(turn, draft, cancellationToken);
                return true;
            case "save" or "save draft" or "save it" or "later":
                await PutAsideAsync(turn, draft, "Saved", cancellationToken);
                return true;
            case "cancel" or "quit" or "exit":
                await PutAsideAsync(turn, draft, "Closed, nothing was launched", cancellationToken);
                return true;
            case "help" or "?" or "why":
                await HelpAsync(turn, draft, cancellationToken);
                return true;
            case "done" or "next" or "that's all" or "thats all" or "finished":
                await DoneAsync(turn, draft, cancellationToken);
                return true;
            case "skip" when draft.Step == "creatives":
                await DoneAsync(turn, draft, cancellationToken);
                return true;
            case "default" or "defaults" or "use suggestion" or "skip" or "suggestion":
                await DefaultAsync(turn, draft, cancellationToken);
                return true;
            case "launch" or "launch it" or "approve and launch":
                await launch.LaunchAsync(turn, draft, null, cancellationToken);
                return true;
            case "what did i say" or "review" or "summary":
                await desk.ShowAsync(turn, await AtAsync(draft, WizardSteps.Review, cancellationToken), WizardSteps.Get(draft.Step), [], [], cancellationToken);
                return true;
        }

        if (Override().Match(said) is { Success: true } kept && draft.Step == WizardSteps.Review)
        {
            await launch.OverrideAsync(turn, draft, kept.Groups["why"].Value.Trim(), cancellationToken);
            return true;
        }

        return Edit().Match(said) is { Success: true } edit && await TryEditAsync(turn, draft, edit.Groups["field"].Value.Trim(), cancellationToken);
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
        var name = kept.Name ?? "your draft";
        await turn.SayAsync(
            new ChatMessage($"{what}. {name} is kept: say \"drafts\" to go on with it or to delete it.") { QuickReplies = [new QuickReply("Drafts", "drafts")] },
            cancellationToken);
    }

    private async Task HelpAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var view = await desk.ViewAsync(draft, cancellationToken);
        await turn.SayAsync(
            $"{WizardSteps.Get(draft.Step).Prompt(view.Context)}\n\nAlways: \"default\" takes the suggestion, \"back\", \"save\", \"cancel\", \"start over\", \"launch\". Anything said earlier can be changed by saying it again, for example \"budget $600\" or \"edit countries\".",
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

    private async Task<bool> TryEditAsync(TurnContext turn, CampaignDraft draft, string name, CancellationToken cancellationToken)
    {
        var field = FieldCatalogue.InShownOrder.FirstOrDefault(known =>
            known.Label.Equals(name, StringComparison.OrdinalIgnoreCase) || known.Label.StartsWith(name, StringComparison.OrdinalIgnoreCase) || known.Step.Equals(name, StringComparison.OrdinalIgnoreCase));
        var step = field?.Step ?? (name.StartsWith("creative", StringComparison.OrdinalIgnoreCase) ? "creatives" : null);
        if (step is null)
            return false;

        await desk.ShowAsync(turn, await AtAsync(draft, step, cancellationToken), WizardSteps.Get(draft.Step), [], [], cancellationToken);
        return true;
    }

    private Task<CampaignDraft> AtAsync(CampaignDraft draft, string step, CancellationToken cancellationToken) =>
        desk.SaveAsync(draft with { Step = step }, cancellationToken);

    [GeneratedRegex(@"^override\b\s*[:,]?\s*(?<why>.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Override();

    [GeneratedRegex(@"^(?:edit|change)\s+(?:the\s+)?(?<field>[a-z ]{3,30})$", RegexOptions.IgnoreCase)]
    private static partial Regex Edit();
}
