// Long because whatever is said or pressed while a campaign is in the making is taken to its place here.
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Files;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>The seven steps. Every method answers the person itself and says whether the turn was for it.</summary>
public sealed partial class CampaignWizard(WizardDesk desk, WizardFiles files, WizardLaunch launch, WizardWords words, WizardEdits edits)
{
    private const string OptionalWords = "say their words: \"headline: …\", \"description: …\", \"button: Install Now\"";

    /// <summary>Opens a new draft, with every field that the readers find in <paramref name="sentence"/> already filled.</summary>
    public Task StartAsync(TurnContext turn, string? sentence, CancellationToken cancellationToken) => StartAsync(turn, draft => draft, sentence, cancellationToken);

    /// <summary>The same with what stands elsewhere already, over which the sentence goes.</summary>
    /// <param name="filled">Fills an empty draft.</param>
    public async Task StartAsync(TurnContext turn, Func<CampaignDraft, CampaignDraft> filled, string? sentence, CancellationToken cancellationToken)
    {
        turn = await desk.WithDroppedAsync(turn, cancellationToken);
        if (await desk.FindAsync(turn, cancellationToken) is { } open)
        {
            await WizardDesk.FoldAsync(turn, open, "put aside; say \"drafts\" to go on with it later", cancellationToken);
            await desk.ShelveAsync(turn, open, cancellationToken);
        }

        var empty = filled(new CampaignDraft(DraftId.New(), turn.Person.Workspace, turn.Person.Id, turn.Conversation.Value, WizardSteps.All[0].Name) { Sight = turn.Person.Sight is { } sight ? [.. sight.OrderBy(account => account.Value, StringComparer.Ordinal)] : null });
        var view = await desk.ViewAsync(empty, cancellationToken);
        var reading = sentence is null ? new LineReading(empty, [], [], "") : LineReader.Read(sentence, view.Context, null);
        var read = await desk.SaveAsync(reading.Draft, cancellationToken);
        var first = WizardSteps.FirstOpen(read, (await desk.ViewAsync(read, cancellationToken)).Profile);
        var draft = await desk.SaveAsync(read with { Step = first.Name }, cancellationToken);

        await desk.OpenAsync(turn, draft, cancellationToken);
        if (!draft.Creatives.IsEmpty)
            await files.PrepareAsync(draft, cancellationToken);

        var opened = await desk.ViewAsync(draft, cancellationToken);
        var (problems, offers) = StepInputs.Objections(reading, opened, first, null);
        await desk.ShowAsync(turn, draft, first, reading.Told(opened, withWords: true), problems, cancellationToken, null, offers);
        if (turn.Turn.Files.Length > 0)
            await TakeFilesAsync(turn, draft, cancellationToken);
    }

    /// <summary>Whether a line that is no command tells enough of a campaign to begin one: two fields, of them the network or the budget.</summary>
    public async Task<bool> LooksLikeCampaignAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var empty = new CampaignDraft(DraftId.New(), turn.Person.Workspace, turn.Person.Id, turn.Conversation.Value, WizardSteps.All[0].Name) { Sight = turn.Person.Sight is { } sight ? [.. sight.OrderBy(account => account.Value, StringComparer.Ordinal)] : null };
        var reading = LineReader.Read(turn.Text, (await desk.ViewAsync(empty, cancellationToken)).Context, null);
        var fields = reading.Understood.Select(read => read.Field).Distinct().ToList();
        return fields.Count > 1 && (fields.Exists(field => field == PlatformFields.Network || field == BudgetFields.Budget) || !reading.Misses.IsEmpty);
    }

    /// <param name="back">Where it goes on once its files are said to be all; null: here.</param>
    public async Task ContinueAsync(TurnContext turn, DraftId id, ConversationId? back, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id, cancellationToken) is not { } draft || draft.Owner != turn.Person.Id)
        {
            await turn.SayAsync("There is no such draft of yours. Say \"drafts\" to see them.", cancellationToken);
            return;
        }

        turn = await desk.WithDroppedAsync(turn, cancellationToken);
        var opened = await desk.SaveAsync(draft with { Shelved = false }, cancellationToken);
        await desk.OpenAsync(turn, opened, cancellationToken, back);
        await files.PrepareAsync(opened, cancellationToken);
        await desk.ShowAsync(turn, opened, WizardSteps.Get(opened.Step), ["Here is where you left it."], [], cancellationToken);
        if (turn.Turn.Files.Length > 0)
            await TakeFilesAsync(turn, opened, cancellationToken);
    }

    /// <summary>Buttons whose verb begins with <c>wizard.</c></summary>
    public async Task<bool> TryActionAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var action = turn.Turn.Action!;
        if (await desk.FindAsync(turn, cancellationToken) is not { } draft || draft.Id.Value != action.Target)
        {
            await turn.TellAsync(await launch.BecameAsync(new DraftId(action.Target ?? ""), action.Verb, turn.Person, cancellationToken), cancellationToken);
            return true;
        }

        if (action.Verb == "wizard.shape")
        {
            await files.PressAsync(turn, draft, action, cancellationToken);
            return true;
        }

        if (action.Revision != draft.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) && !IsPlainDone(action, draft))
        {
            await desk.ShowAsync(turn, draft, WizardSteps.Get(draft.Step), [], [$"That card is from before: the draft has moved on to {WizardSteps.Place(draft.Step)}, and nothing was changed. This is the present question."], cancellationToken);
            return true;
        }

        if (await words.RefusesAsync(turn, action.Verb["wizard.".Length..], cancellationToken))
            return true;

        switch (action.Verb)
        {
            case "wizard.answer":
                if (!await AnswerAsync(turn, draft, StepInputs.Said(draft.Step, action), cancellationToken))
                    await NothingReadAsync(turn, draft, cancellationToken);

                return true;
            case "wizard.accept":
                await edits.AcceptAsync(turn, draft, action.Fields.GetValueOrDefault("_id", ""), cancellationToken);
                return true;
            case "wizard.edit":
                await edits.EditAsync(turn, draft, action, cancellationToken);
                return true;
            case "wizard.launch":
                await launch.LaunchAsync(turn, draft, new Digest(action.Fields.GetValueOrDefault("_shown", "")), cancellationToken);
                return true;
            case "wizard.override":
                await launch.OverrideAsync(turn, draft, action.Fields.GetValueOrDefault("reason", "").Trim(), cancellationToken);
                return true;
            case "wizard.done":
                return await files.TakeInputsAsync(turn, draft, action, cancellationToken) is not { } worded || await words.TryAsync(turn, worded, "done", cancellationToken);
            default:
                return await words.TryAsync(turn, draft, action.Verb["wizard.".Length..], cancellationToken);
        }
    }

    /// <summary>"Done" means the same as typed, also on the card as it was a moment ago, before one more file arrived; texts entered there may belong to another file.</summary>
    private static bool IsPlainDone(ChatAction action, CampaignDraft draft) =>
        action.Verb == "wizard.done" && draft.Step == "creatives" && action.Fields.All(field => field.Key.StartsWith('_') || string.IsNullOrWhiteSpace(field.Value));

    /// <summary>The answer to what was asked about unusual amounts at the launch.</summary>
    /// <param name="yes">Null when neither was said: an amount may be.</param>
    public async Task<bool> TryConfirmAsync(TurnContext turn, bool? yes, CancellationToken cancellationToken) =>
        turn.Turn.Files.Length == 0 && await desk.FindAsync(turn, cancellationToken) is { } draft && await launch.TryConfirmAsync(turn, draft, yes, cancellationToken);

    /// <summary>back, save, cancel, help, start over, done, default, launch, override … while a draft is open.</summary>
    public async Task<bool> TryVerbAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (turn.Turn.Files.Length > 0 || await desk.FindAsync(turn, cancellationToken) is not { } draft)
            return false;

        if (WizardVerbs.Find(turn.Text)?.Verb == WizardVerbs.StartOver)
        {
            await StartAsync(turn, null, cancellationToken);
            return true;
        }

        if (ChangeTo().Match(turn.Text) is { Success: true } change && FieldCatalogue.Named(change.Groups["field"].Value) is { } field)
        {
            await edits.ChangeAsync(turn, draft, field, change.Groups["value"].Value, cancellationToken);
            return true;
        }

        if (LaunchAt().Match(turn.Text) is { Success: true } at && await AnswerAsync(turn, draft, $"start {at.Groups["when"].Value}", cancellationToken))
            return true;

        return await words.TryAsync(turn, draft, turn.Text, cancellationToken);
    }

    /// <summary>The present step's answer, files included. False when it cannot be one and may be a command.</summary>
    public async Task<bool> TryAnswerAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(turn, cancellationToken) is not { } draft)
            return false;

        if (turn.Turn.Files.Length == 0)
            return await AnswerAsync(turn, draft, turn.Text, cancellationToken);

        await TakeFilesAsync(turn, draft, cancellationToken);
        if (turn.Text.Length > 0 && await desk.FindAsync(turn, cancellationToken) is { } withFiles
            && !await words.TryAsync(turn, withFiles, turn.Text, cancellationToken) && !await AnswerAsync(turn, withFiles, turn.Text, cancellationToken))
            await TryExplainAsync(turn, null, cancellationToken);

        return true;
    }

    /// <summary>Last resort for words that nobody could use while a draft is open.</summary>
    /// <param name="command">The line of a command that may have been meant, if any.</param>
    public async Task<bool> TryExplainAsync(TurnContext turn, string? command, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(turn, cancellationToken) is not { } draft)
            return false;

        var step = WizardSteps.Get(draft.Step);
        var view = await desk.ViewAsync(draft, cancellationToken);
        var reading = LineReader.Read(turn.Text, view.Context, step.Name);
        var meant = WizardVerbs.Nearest(turn.Text) ?? command;
        var asking = await desk.SaveAsync(draft with { ReadFrom = NearMisses.Asking(NearMisses.WithoutAsked(draft), reading.Misses.Select(miss => miss.Line)).ReadFrom }, cancellationToken);
        if (LaunchLike().IsMatch(turn.Text) || WizardVerbs.Find(turn.Text)?.Verb == WizardVerbs.Edit || Unused.Of(turn.Text, view, step) is not { } hint)
        {
            await desk.ShowAsync(
                turn, asking, step, [],
                [$"I could not use \"{LineReading.Shortened(turn.Text)}\" here; nothing was lost.{Remark(turn.Text, view, reading, meant)} Answer the question below, or say \"help\", \"back\", \"save\" or \"cancel\"."],
                cancellationToken, null, reading.Misses.IsEmpty && meant is not null ? [new QuickReply(LineReading.Shortened(meant), meant)] : reading.Offers);
            return true;
        }

        await desk.ShowAsync(turn, asking, step, [], [hint.Says], cancellationToken, null, hint.Offers);
        return true;
    }

    private static string Remark(string text, DraftView view, LineReading reading, string? meant) => view.Draft.Step switch
    {
        _ when WizardVerbs.Find(text)?.Verb == WizardVerbs.Edit => $" What can be edited is {string.Join(", ", DraftViews.Summary(view).Select(line => line.Label.ToLowerInvariant()))}.",
        _ when LaunchLike().IsMatch(text) => " \"launch\" alone launches what the review shows; \"new campaign …\" puts this one aside and begins another.",
        _ when !reading.Misses.IsEmpty => $" {string.Join(' ', reading.Misses.Select(miss => miss.Asks))}",
        "budget" when LetterForDigit().IsMatch(text) => " There is a letter O among its digits; write the digit 0.",
        _ when meant is not null => $" Did you mean \"{LineReading.Shortened(meant)}\"?",
        not "creatives" when SpeltNumber().IsMatch(text) => " Amounts, ages and other numbers are written in digits.",
        _ => "",
    };

    private async Task NothingReadAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var step = WizardSteps.Get(draft.Step);
        var missing = step.Missing(draft, (await desk.ViewAsync(draft, cancellationToken)).Profile);
        await desk.ShowAsync(
            turn, draft, step, [],
            [missing.Count > 0 ? $"Still needed here: {string.Join("; ", missing)}." : "Nothing could be read from that card; write what you mean, or say \"help\"."],
            cancellationToken);
    }

    private async Task<bool> AnswerAsync(TurnContext turn, CampaignDraft draft, string text, CancellationToken cancellationToken)
    {
        if (await files.TrySayAsync(turn, draft, text, cancellationToken))
            return true;

        var step = WizardSteps.Get(draft.Step);
        var view = await desk.ViewAsync(draft, cancellationToken);
        var reading = LineReader.Read(text, view.Context, step.Name);
        if (!reading.IsAnything)
            return false;

        if (!CountryList.IsYes(text) && OtherQuestion.Find(reading, view, step, text) is { } other)
            await desk.ShowAsync(turn, draft, step, [], [other], cancellationToken);
        else
            await TakenAsync(turn, reading, step, cancellationToken);

        return true;
    }

    private async Task TakenAsync(TurnContext turn, LineReading reading, WizardStep step, CancellationToken cancellationToken)
    {
        var saved = await desk.SaveAsync(reading.Draft, cancellationToken);
        var view = await desk.ViewAsync(saved, cancellationToken);
        var (problems, offers) = StepInputs.Objections(reading, view, step, turn.Turn.Action);
        if (step.Missing(saved, view.Profile) is { Count: > 0 } missing && step.Name != WizardSteps.Review)
            problems.Add($"Still needed here: {string.Join("; ", missing)}.");

        if (step.Name == "targeting" && problems.Count == 0 && CountryList.StillAsked(saved) is { } asked)
            problems.Add(asked);

        // The review looks at everything itself.
        IReadOnlyList<DraftProblem> clashes = step.Name == WizardSteps.Review
            ? []
            : [.. (await desk.ClashesAsync(view, cancellationToken)).Where(clash => FieldCatalogue.Find(clash.Field)?.Step is { } at && (at == step.Name || reading.Understood.Any(read => read.Field.Step == at)))];
        problems.AddRange(clashes.Select(clash => new Objection(clash.Says, clash.Field)));
        var refused = (problems.Count > clashes.Count ? reading.Refused : null) ?? WizardDesk.ToPutRight(clashes.Count > 0 ? clashes[0].Says : null);

        var next = problems.Count == 0 ? WizardSteps.Next(saved, view.Profile, step.Name) : step;
        var draft = next == step ? saved : await desk.SaveAsync(saved with { Step = next.Name }, cancellationToken);
        if (reading.Sets(PlatformFields.Network))
            await files.PrepareAsync(draft, cancellationToken);

        await desk.ShowAsync(turn, draft, step, Ticks.Fitting(reading.Told(view), clashes).Concat(WizardSteps.Assumed(reading.Draft, saved)), problems, cancellationToken, refused, offers);
    }

    private async Task TakeFilesAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var view = await desk.ViewAsync(draft, cancellationToken);
        var saved = await files.TakeAsync(turn, draft, cancellationToken);

        // Who said everything else in one sentence is at the review with the last file.
        var complete = saved with { CreativesDone = true };
        if (saved.Step == "creatives" && !saved.Creatives.IsEmpty && WizardSteps.FirstOpen(complete, view.Profile).Name == WizardSteps.Review)
        {
            var review = await desk.SaveAsync(complete with { Step = WizardSteps.Review }, cancellationToken);
            await desk.ShowAsync(turn, review, WizardSteps.Get("creatives"), [$"Creatives: {DraftViews.Creatives(review.Creatives, view.Profile)}. More can still be dropped in; {OptionalWords}."], [], cancellationToken);
            return;
        }

        if (saved.Step == WizardSteps.Review)
        {
            await desk.ShowAsync(turn, saved, WizardSteps.Get(WizardSteps.Review), [$"Creatives: {DraftViews.Creatives(saved.Creatives, view.Profile)}"], [], cancellationToken);
            return;
        }

        await desk.RefreshAsync(turn, saved, cancellationToken);
        if (!saved.Creatives.Any(creative => CreativeJudge.IsUsable(creative, view.Profile)))
        {
            await turn.SayAsync("Nothing can be used yet; the cards above say why and what would be right. Drop another picture or film.", cancellationToken);
            return;
        }

        var asked = draft.Creatives.IsEmpty ? $"\nIf you like, {OptionalWords}." : "";
        await turn.SayAsync(
            new ChatMessage($"So far: {DraftViews.Creatives(saved.Creatives, view.Profile)}. Drop more, or say \"done\".{asked}") { QuickReplies = [new QuickReply("Done", "done")] }, cancellationToken);
    }

    [GeneratedRegex(@"^\W*(?:please\s+)?(?:launch|advertise|promote)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LaunchLike();

    [GeneratedRegex(@"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SpeltNumber();

    [GeneratedRegex(@"\do|o\d", RegexOptions.IgnoreCase)]
    private static partial Regex LetterForDigit();

    [GeneratedRegex(@"^(?:please\s+)?(?:change|edit|set|switch)\s+(?:the\s+)?(?<field>\p{L}[\p{L} ]{2,24}?)\s+(?:to|into)\s+(?<value>\S.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex ChangeTo();

    /// <summary>"launch it tomorrow 9am" says when; the launch itself is asked for once it was looked at.</summary>
    [GeneratedRegex(@"^launch(?:\s+it)?\s+(?:on\s+|at\s+)?(?<when>(?:now|today|tonight|tomorrow|in\s+\d|next\s|mon|tue|wed|thu|fri|sat|sun|\d).*)$", RegexOptions.IgnoreCase)]
    private static partial Regex LaunchAt();
}
