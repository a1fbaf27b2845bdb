using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>The seven steps. Every method answers the person itself and says whether the turn was for it.</summary>
public sealed class CampaignWizard(WizardDesk desk, WizardFiles files, WizardLaunch launch, WizardWords words, IPredictor predictor)
{
    /// <summary>Opens a new draft, with every field that the readers find in <paramref name="sentence"/> already filled.</summary>
    public async Task StartAsync(TurnContext turn, string? sentence, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(turn, cancellationToken) is { } open)
        {
            await WizardDesk.FoldAsync(turn, open, "put aside; say \"drafts\" to go on with it later", cancellationToken);
            await desk.ShelveAsync(turn, open, cancellationToken);
        }

        var empty = new CampaignDraft(DraftId.New(), turn.Person.Workspace, turn.Person.Id, turn.Conversation.Value, WizardSteps.All[0].Name);
        var view = await desk.ViewAsync(empty, cancellationToken);
        var reading = sentence is null ? new LineReading(empty, [], [], "") : LineReader.Read(sentence, view.Context, null);
        var read = await desk.SaveAsync(reading.Draft, cancellationToken);
        var first = WizardSteps.FirstOpen(read, (await desk.ViewAsync(read, cancellationToken)).Profile);
        var draft = await desk.SaveAsync(read with { Step = first.Name }, cancellationToken);

        await desk.OpenAsync(turn, draft, cancellationToken);
        await desk.ShowAsync(turn, draft, first, Understood(await desk.ViewAsync(draft, cancellationToken), reading, withWords: true), reading.Problems, cancellationToken);
    }

    public async Task ContinueAsync(TurnContext turn, DraftId id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id, cancellationToken) is not { } draft || draft.Owner != turn.Person.Id)
        {
            await turn.SayAsync("There is no such draft of yours. Say \"drafts\" to see them.", cancellationToken);
            return;
        }

        var opened = await desk.SaveAsync(draft with { Shelved = false }, cancellationToken);
        await desk.OpenAsync(turn, opened, cancellationToken);
        await desk.ShowAsync(turn, opened, WizardSteps.Get(opened.Step), ["Here is where you left it."], [], cancellationToken);
    }

    /// <summary>Buttons whose verb begins with <c>wizard.</c></summary>
    public async Task<bool> TryActionAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var action = turn.Turn.Action!;
        if (await desk.FindAsync(turn, cancellationToken) is not { } draft || draft.Id.Value != action.Target)
        {
            await turn.SayAsync("That draft is not open here any more; nothing was changed. Say \"drafts\" to go on with one.", cancellationToken);
            return true;
        }

        if (action.Revision != draft.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            await desk.ShowAsync(turn, draft, WizardSteps.Get(draft.Step), [], ["That card was from before; nothing was changed. This is the present one."], cancellationToken);
            return true;
        }

        switch (action.Verb)
        {
            case "wizard.answer":
                await AnswerAsync(turn, draft, Said(draft.Step, action), cancellationToken);
                return true;
            case "wizard.accept":
                await AcceptAsync(turn, draft, action.Fields.GetValueOrDefault("_id", ""), cancellationToken);
                return true;
            case "wizard.edit":
                await EditAsync(turn, draft, action, cancellationToken);
                return true;
            case "wizard.launch":
                await launch.LaunchAsync(turn, draft, new Digest(action.Fields.GetValueOrDefault("_shown", "")), cancellationToken);
                return true;
            case "wizard.override":
                await launch.OverrideAsync(turn, draft, action.Fields.GetValueOrDefault("reason", "").Trim(), cancellationToken);
                return true;
            default:
                return await words.TryAsync(turn, draft, action.Verb["wizard.".Length..], cancellationToken);
        }
    }

    /// <summary>back, save, cancel, help, start over, done, default, launch, override … while a draft is open.</summary>
    public async Task<bool> TryVerbAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (turn.Turn.Files.Length > 0 || await desk.FindAsync(turn, cancellationToken) is not { } draft)
            return false;

        if (turn.Text.Equals("start over", StringComparison.OrdinalIgnoreCase))
        {
            await StartAsync(turn, null, cancellationToken);
            return true;
        }

        return await words.TryAsync(turn, draft, turn.Text, cancellationToken);
    }

    /// <summary>The present step's answer, files included. False when it cannot be one and may be a command.</summary>
    public async Task<bool> TryAnswerAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(turn, cancellationToken) is not { } draft)
            return false;

        if (turn.Turn.Files.Length > 0)
        {
            await TakeFilesAsync(turn, draft, cancellationToken);
            return true;
        }

        return await AnswerAsync(turn, draft, turn.Text, cancellationToken);
    }

    /// <summary>Last resort for words that nobody could use while a draft is open.</summary>
    public async Task<bool> TryExplainAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(turn, cancellationToken) is not { } draft)
            return false;

        await desk.ShowAsync(
            turn, draft, WizardSteps.Get(draft.Step), [],
            [$"I could not use \"{Shortened(turn.Text)}\" here; nothing was lost. Amounts and ages are written in digits. Answer the question below, or say \"help\", \"back\", \"save\" or \"cancel\"."],
            cancellationToken);
        return true;
    }

    private async Task<bool> AnswerAsync(TurnContext turn, CampaignDraft draft, string text, CancellationToken cancellationToken)
    {
        var step = WizardSteps.Get(draft.Step);
        if (CreativeCopy.Read(text, draft) is { } copy)
        {
            var kept = await desk.SaveAsync(copy.Draft, cancellationToken);
            await desk.ShowAsync(turn, kept, step, copy.Right ? [copy.Says] : [], copy.Right ? [] : [copy.Says], cancellationToken);
            return true;
        }

        var view = await desk.ViewAsync(draft, cancellationToken);
        var reading = LineReader.Read(text, view.Context, step.Name);
        if (!reading.IsAnything)
            return false;

        await TakenAsync(turn, reading, step, cancellationToken);
        return true;
    }

    private async Task TakenAsync(TurnContext turn, LineReading reading, WizardStep step, CancellationToken cancellationToken)
    {
        var saved = await desk.SaveAsync(reading.Draft, cancellationToken);
        var view = await desk.ViewAsync(saved, cancellationToken);
        var problems = reading.Problems.ToList();
        if (reading.Leftover.Length > 0)
            problems.Add($"I could not use \"{Shortened(reading.Leftover)}\".");

        var missing = step.Missing(saved, view.Profile);
        if (problems.Count == 0 && missing.Count > 0)
            problems.Add($"Still needed here: {string.Join("; ", missing)}.");

        var next = problems.Count == 0 ? WizardSteps.Next(saved, view.Profile, step.Name) : step;
        var draft = next == step ? saved : await desk.SaveAsync(saved with { Step = next.Name }, cancellationToken);
        await desk.ShowAsync(turn, draft, step, Understood(view, reading, withWords: false), problems, cancellationToken);
    }

    private async Task TakeFilesAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var view = await desk.ViewAsync(draft, cancellationToken);
        var taken = await files.TakeAsync(turn, draft, view.Profile, cancellationToken);
        var saved = await desk.SaveAsync(taken, cancellationToken);

        // Who said everything else in one sentence is at the review with the last file.
        var complete = saved with { CreativesDone = true };
        if (saved.Step == "creatives" && !saved.Creatives.IsEmpty && WizardSteps.FirstOpen(complete, view.Profile).Name == WizardSteps.Review)
        {
            var review = await desk.SaveAsync(complete with { Step = WizardSteps.Review }, cancellationToken);
            await desk.ShowAsync(turn, review, WizardSteps.Get("creatives"), [$"Creatives: {DraftViews.Creatives(review.Creatives)}. More can still be dropped in."], [], cancellationToken);
            return;
        }

        if (saved.Step == WizardSteps.Review)
        {
            await desk.ShowAsync(turn, saved, WizardSteps.Get(WizardSteps.Review), [$"Creatives: {DraftViews.Creatives(saved.Creatives)}"], [], cancellationToken);
            return;
        }

        await desk.RefreshAsync(turn, saved, cancellationToken);
        var count = saved.Creatives.IsEmpty ? "None could be used yet." : $"So far: {DraftViews.Creatives(saved.Creatives)}.";
        await turn.SayAsync(
            new ChatMessage($"{count} Drop more, or say \"done\".") { QuickReplies = saved.Creatives.IsEmpty ? [] : [new QuickReply("Done", "done")] }, cancellationToken);
    }

    private async Task AcceptAsync(TurnContext turn, CampaignDraft draft, string id, CancellationToken cancellationToken)
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

        // The value is in the words that a person would type, read as an answer to the field's own step.
        var view = await desk.ViewAsync(draft, cancellationToken);
        var reading = FieldEdit.Read(field, value, view.Context);
        var saved = await desk.SaveAsync(reading.Draft with { ReadFrom = reading.Draft.ReadFrom.SetItem(field.Name, "suggestion") }, cancellationToken);
        await desk.ShowAsync(turn, saved, step, [$"Taken over: {accepted.Says}"], reading.Problems, cancellationToken);
    }

    private async Task EditAsync(TurnContext turn, CampaignDraft draft, ChatAction action, CancellationToken cancellationToken)
    {
        var field = FieldCatalogue.Find(action.Fields.GetValueOrDefault("field", "").Replace('_', '.'));
        var value = action.Fields.GetValueOrDefault("value", "").Trim();
        var step = WizardSteps.Get(draft.Step);
        if (field is null || value.Length == 0)
        {
            await desk.ShowAsync(turn, draft, step, [], ["Choose a field and write its new value."], cancellationToken);
            return;
        }

        var view = await desk.ViewAsync(draft, cancellationToken);
        var reading = FieldEdit.Read(field, value, view.Context);
        if (!reading.IsAnything)
        {
            await desk.ShowAsync(turn, draft, step, [], [$"I could not read \"{Shortened(value)}\" as {field.Label.ToLowerInvariant()}."], cancellationToken);
            return;
        }

        var saved = await desk.SaveAsync(reading.Draft, cancellationToken);
        await desk.ShowAsync(turn, saved, step, Understood(await desk.ViewAsync(saved, cancellationToken), reading, withWords: false), reading.Problems, cancellationToken);
    }

    /// <summary>What a card's inputs hold, as a line that a person would type. Of ticks also none says something.</summary>
    private static string Said(string step, ChatAction action) => string.Join("; ", FieldCatalogue.Of(step)
        .Where(field => field.Input is not null && action.Fields.ContainsKey(Id(field)))
        .Select(field => (field.Input, Value: action.Fields[Id(field)].Trim()))
        .Where(entered => entered.Value.Length > 0 || entered.Input!.Kind == "choices")
        .Select(entered => entered.Input!.Says(entered.Value))
        .Where(said => said.Length > 0));

    private static string Id(DraftField field) => field.Name.Replace('.', '_');

    /// <summary>"Budget: $500 a day", and from which words when it came out of a sentence.</summary>
    private static IEnumerable<string> Understood(DraftView view, LineReading reading, bool withWords) => reading.Understood
        .Select(read => read.Field)
        .Distinct()
        .Select(field => (field, value: field.Show(view.Draft, view.Context)))
        .Where(shown => shown.value is not null)
        .Select(shown => withWords && view.Draft.ReadFrom.TryGetValue(shown.field.Name, out var from)
            ? $"{shown.field.Label}: {shown.value} (from \"{from}\")"
            : $"{shown.field.Label}: {shown.value}");

    private static string Shortened(string text) => text.Length <= 80 ? text : $"{text[..80]}…";
}
