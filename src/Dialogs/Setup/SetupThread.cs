using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Setup;

/// <summary>Whether what was said or pressed belongs to a set-up that is open here, or to a test emergency that is shown here.</summary>
public sealed class SetupThread(SetupDialog dialog, VerbRunner verbs)
{
    /// <summary>"ack" where a test is shown; an incident that is shown there goes before.</summary>
    public async Task<bool> TryAckAsync(TurnContext turn, CancellationToken cancellationToken) =>
        IncidentVerbs.Find(turn.Text) is { Verb.Name: "ack", Handle: "" } && await dialog.TryAckHereAsync(turn, cancellationToken);

    /// <summary>A word of the set-up.</summary>
    public async Task<bool> TryWordAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (turn.Turn.Files.Length > 0)
            return false;

        if (SetupVerbs.Find(turn.Text) is not { Phrases.IsEmpty: false } word || await dialog.FindAsync(turn, cancellationToken) is not { } standing)
            return false;

        if (await IsOthersAsync(turn, standing, cancellationToken))
            return true;

        if (!turn.Person.May(word.Needs))
            return false;

        if (!await RefusesAsync(turn, word, cancellationToken))
            await dialog.WordAsync(turn, standing, word, cancellationToken);

        return true;
    }

    /// <summary>Whether somebody may not; they are told why.</summary>
    private async Task<bool> RefusesAsync(TurnContext turn, Verb word, CancellationToken cancellationToken)
    {
        if (await verbs.RefusalAsync(word, turn.Person, cancellationToken) is not { } refusal)
            return false;

        await turn.TellAsync(refusal, cancellationToken);
        return true;
    }

    public async Task<bool> TryAnswerAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (turn.Text.Length == 0 || turn.Turn.Files.Length > 0 || await dialog.FindAsync(turn, cancellationToken) is not { } standing || !turn.Person.May(SetupVerbs.Answer.Needs) || standing.By != turn.Person.Id)
            return false;

        if (await RefusesAsync(turn, SetupVerbs.Answer, cancellationToken))
            return true;

        return standing.Step == SetupStep.Caps && LooksLikeAmount(turn.Text)
            ? await verbs.TryLineAsync($"setup {SetupDialog.CapsWord} {turn.Text}", turn, cancellationToken)
            : await dialog.TryAnswerAsync(turn, standing, turn.Text, cancellationToken);
    }

    private static bool LooksLikeAmount(string text) => text.Any(char.IsAsciiDigit) || text.StartsWith("no", StringComparison.OrdinalIgnoreCase);

    /// <summary>Buttons whose verb begins with <c>setup.</c></summary>
    public async Task<bool> TryPressAsync(string name, ChatAction action, TurnContext turn, CancellationToken cancellationToken)
    {
        if (SetupVerbs.Find(name) is not { } word)
            return false;

        if (word == SetupVerbs.Ack)
        {
            await dialog.AckAsync(turn, action.Target ?? "", cancellationToken);
            return true;
        }

        if (await RefusesAsync(turn, word, cancellationToken))
            return true;

        if (await dialog.FindAsync(turn, cancellationToken) is not { } standing)
        {
            await turn.SayAsync("That set-up is over or put aside; nothing was changed. Say \"setup\" to go on.", cancellationToken);
            return true;
        }

        if (await IsOthersAsync(turn, standing, cancellationToken))
            return true;

        if (action.Revision != standing.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture))
            await dialog.AgainAsync(turn, standing, cancellationToken);
        else if (word == SetupVerbs.Answer)
            await AnswerAsync(turn, standing, action, cancellationToken);
        else
            await dialog.WordAsync(turn, standing, word, cancellationToken);

        return true;
    }

    /// <summary>What stands in the card, as a line that says the same; with nothing in it, what holds is kept.</summary>
    private async Task AnswerAsync(TurnContext turn, SetupStanding standing, ChatAction action, CancellationToken cancellationToken)
    {
        var entered = action.Fields.Where(field => !field.Key.StartsWith('_') && !string.IsNullOrWhiteSpace(field.Value)).ToDictionary(field => field.Key, field => field.Value.Trim());
        var line = standing.Step switch
        {
            SetupStep.Channels => string.Join(", ", Enum.GetNames<RoomUse>().Select(use => use.ToLowerInvariant()).Where(entered.ContainsKey).Select(use => $"{use} {entered[use]}")),
            SetupStep.Caps => string.Join(", ", new[] { "account", "workspace" }.Where(entered.ContainsKey).Select(key => $"{key} {entered[key]}")),
            _ => string.Join(" ", entered.Values),
        };
        if (line.Length == 0)
            await dialog.WordAsync(turn, standing, SetupVerbs.Next, cancellationToken);
        else if (standing.Step == SetupStep.Caps)
            await verbs.TryLineAsync($"setup {SetupDialog.CapsWord} {line}", turn, cancellationToken);
        else if (!await dialog.TryAnswerAsync(turn, standing, line, cancellationToken))
            await dialog.WordAsync(turn, standing, SetupVerbs.Help, cancellationToken);
    }

    private static async Task<bool> IsOthersAsync(TurnContext turn, SetupStanding standing, CancellationToken cancellationToken)
    {
        if (standing.By == turn.Person.Id)
            return false;

        await turn.WhisperAsync($"{standing.By.Name} sets up the workspace here, and only {standing.By.Name}'s answers count. Say \"setup\" in a message of its own to do it yourself.", cancellationToken);
        return true;
    }
}
