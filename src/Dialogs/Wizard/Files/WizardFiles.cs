using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard.Files;

/// <summary>The files of a draft: dropping them in, their shapes and words, leaving one out, and having them prepared.</summary>
public sealed class WizardFiles(FileIntake intake, UploadBoard board, WizardDesk desk)
{
    /// <summary>The draft with the usable files added; the others are explained on their cards and lose nothing.</summary>
    public async Task<CampaignDraft> TakeAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var taken = await intake.TakeAsync(turn, draft, cancellationToken);
        var added = taken.Where(creative => draft.Creatives.All(known => known.File != creative.File));
        var saved = await desk.SaveAsync(draft with { Creatives = draft.Creatives.AddRange(added) }, cancellationToken);
        await board.PrepareAsync(saved.Id, taken.Select(creative => creative.File), afresh: true, cancellationToken);
        return saved;
    }

    /// <summary>Has everything prepared for the draft's present network, also what was refused before.</summary>
    public Task PrepareAsync(CampaignDraft draft, CancellationToken cancellationToken) =>
        board.PrepareAsync(draft.Id, draft.Creatives.Select(creative => creative.File), afresh: true, cancellationToken);

    /// <summary>"crop 2", "headline: Play now", "remove 1". False when the text is about something else.</summary>
    public async Task<bool> TrySayAsync(TurnContext turn, CampaignDraft draft, string text, CancellationToken cancellationToken)
    {
        var view = await desk.ViewAsync(draft, cancellationToken);
        if (CreativeWords.Read(text, draft, view.Profile) is not { } change)
            return false;

        var kept = await KeepAsync(turn, draft, change, cancellationToken);
        await desk.ShowAsync(turn, kept, WizardSteps.Get(draft.Step), change.Right ? [change.Says] : [], change.Right ? [] : [change.Says], cancellationToken);
        return true;
    }

    /// <summary>A shape chosen on a file's card. The card is edited where it stands; that the draft moved on meanwhile does no harm.</summary>
    public async Task PressAsync(TurnContext turn, CampaignDraft draft, ChatAction action, CancellationToken cancellationToken)
    {
        var profile = (await desk.ViewAsync(draft, cancellationToken)).Profile;
        var position = draft.Creatives.Select(known => known.File.Value).ToList().IndexOf(action.Fields.GetValueOrDefault("_file", ""));
        if (position < 0 || Shaped($"{action.Fields.GetValueOrDefault("_fit")} {position + 1}", draft, profile) is not { } change)
        {
            await turn.SayAsync("That file is not in this draft any more; nothing was changed.", cancellationToken);
            return;
        }

        var kept = await KeepAsync(turn, draft, change, cancellationToken);
        if (!change.Right)
            await turn.SayAsync(change.Says, cancellationToken);

        await desk.RefreshAsync(turn, kept, cancellationToken);
    }

    private static CreativeChange? Shaped(string words, CampaignDraft draft, NetworkProfile? profile) =>
        CreativeShapes.Read(words, draft, profile) ?? CreativeTrims.Read(words, draft, profile);

    /// <summary>The draft with the words of the step's card; null when they were no good and the person was told.</summary>
    public async Task<CampaignDraft?> TakeInputsAsync(TurnContext turn, CampaignDraft draft, ChatAction action, CancellationToken cancellationToken)
    {
        if (CreativeCopy.Enter(draft, action.Fields) is not { } change)
            return draft;

        if (change.Right)
            return await KeepAsync(turn, draft, change, cancellationToken);

        await desk.ShowAsync(turn, draft, WizardSteps.Get(draft.Step), [], [change.Says], cancellationToken);
        return null;
    }

    private async Task<CampaignDraft> KeepAsync(TurnContext turn, CampaignDraft draft, CreativeChange change, CancellationToken cancellationToken)
    {
        if (!change.Right)
            return draft;

        var kept = await desk.SaveAsync(change.Draft, cancellationToken);
        foreach (var gone in draft.Creatives.Where(creative => kept.Creatives.All(known => known.File != creative.File)))
            await turn.Chat.EditAllAsync(UploadBoard.Subject(draft.Id, gone.File), ChatMessage.Of(UploadCards.LeftOut(gone)), cancellationToken);

        await board.PrepareAsync(kept.Id, change.Touched, afresh: false, cancellationToken);
        return kept;
    }
}
