using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Files;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>One field at a time: advice taken over with its button, and values changed on the review.</summary>
public sealed class WizardEdits(WizardDesk desk, WizardFiles files, IPredictor predictor)
{
    /// <summary>Takes over a piece of advice: its value is in the words that a person would type.</summary>
    public async Task AcceptAsync(TurnContext turn, CampaignDraft draft, string id, CancellationToken cancellationToken)
    {
        var advice = (await predictor.PredictAsync(draft, cancellationToken))?.Recommendations.ToList() ?? [];
        advice.AddRange(await predictor.SuggestAsync(draft, draft.Step, cancellationToken));
        var step = WizardSteps.Get(draft.Step);
        if (advice.Find(one => one.Id == id) is { Field: nameof(CampaignDraft.Creatives) } files)
        {
            var asked = await desk.SaveAsync(draft with { Step = "creatives" }, cancellationToken);
            await desk.ShowAsync(turn, asked, step, [$"{files.Says}: drop it here, and you are back where you were; \"done\" goes back without."], [], cancellationToken);
            return;
        }

        if (advice.Find(one => one.Id == id) is not { Field: { } name, Value: { } value } accepted || FieldCatalogue.Find(name) is not { } field)
        {
            await desk.ShowAsync(turn, draft, step, [], ["That advice no longer holds; nothing was changed."], cancellationToken);
            return;
        }

        var view = await desk.ViewAsync(draft, cancellationToken);
        var reading = FieldEdit.Read(field, value, view.Context);
        var saved = await desk.SaveAsync(reading.Draft with { ReadFrom = reading.Draft.ReadFrom.SetItem(field.Name, "suggestion") }, cancellationToken);
        await desk.ShowAsync(turn, saved, step, [$"Taken over: {accepted.Says}"], [.. reading.Problems.Select(reading.Objection)], cancellationToken);
    }

    /// <summary>Changes exactly the field that was chosen on the review, or nothing.</summary>
    public async Task EditAsync(TurnContext turn, CampaignDraft draft, ChatAction action, CancellationToken cancellationToken)
    {
        var field = FieldCatalogue.Find(action.Fields.GetValueOrDefault("field", "").Replace('_', '.'));
        var value = action.Fields.GetValueOrDefault("value", "").Trim();
        var step = WizardSteps.Get(draft.Step);
        if (field is null || value.Length == 0)
        {
            await desk.ShowAsync(turn, draft, step, [], ["Choose a field and write its new value."], cancellationToken);
            return;
        }

        await ChangeAsync(turn, draft, field, value, cancellationToken);
    }

    /// <summary>Gives one field another value, from wherever the draft stands.</summary>
    public async Task ChangeAsync(TurnContext turn, CampaignDraft draft, DraftField field, string value, CancellationToken cancellationToken)
    {
        var step = WizardSteps.Get(draft.Step);
        var view = await desk.ViewAsync(draft, cancellationToken);
        var reading = FieldEdit.Read(field, value, view.Context);
        if (!reading.IsAnything)
        {
            await desk.ShowAsync(turn, draft, step, [], [$"I could not read \"{LineReading.Shortened(value)}\" as {field.Label.ToLowerInvariant()}; nothing was changed."], cancellationToken);
            return;
        }

        var saved = await desk.SaveAsync(reading.Draft, cancellationToken);
        if (reading.Sets(PlatformFields.Network))
            await files.PrepareAsync(saved, cancellationToken);

        await desk.ShowAsync(turn, saved, step, reading.Told(await desk.ViewAsync(saved, cancellationToken)), [.. reading.Faults.Select(reading.Objection)], cancellationToken, reading.Refused, reading.Offers);
    }
}
