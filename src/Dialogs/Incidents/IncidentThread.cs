using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>
/// Replies to an incident, typed or pressed. A bare word means the only open incident shown in this conversation; of several the
/// person chooses. The first answer counts; a card that somebody answered meanwhile shows who and when instead of acting.
/// </summary>
public sealed partial class IncidentThread(IncidentBoard board, VerbRunner verbs)
{
    private static readonly ImmutableDictionary<string, string> Verbs = new Dictionary<string, string>
    {
        ["ack"] = "ack",
        ["acknowledge"] = "ack",
        ["resume"] = "resume incident",
        ["roll back"] = "roll back",
        ["rollback"] = "roll back",
        ["why"] = "why incident",
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    public async Task<bool> TryBareAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (HigherLimit().Match(turn.Text) is { Success: true } limit)
            return await AboutOneAsync("higher limit", $" {limit.Groups["amount"].Value}", turn, cancellationToken);

        if (Reply().Match(turn.Text) is not { Success: true } reply)
            return false;

        var verb = Verbs[reply.Groups["word"].Value];
        if (reply.Groups["handle"] is { Success: true } handle)
            return await verbs.TryLineAsync($"{verb} {handle.Value}", turn, cancellationToken);

        return await AboutOneAsync(verb, "", turn, cancellationToken);
    }

    public async Task<bool> TryPressAsync(string name, ChatAction action, TurnContext turn, CancellationToken cancellationToken)
    {
        if (!Verbs.TryGetValue(name, out var verb) || action.Target is not { } handle)
            return false;

        if (await board.LatestByHandleAsync(turn.Person.Workspace, handle, cancellationToken) is not { } incident)
        {
            await turn.SayAsync($"Incident {handle} is no longer known; nothing was changed.", cancellationToken);
            return true;
        }

        if (verb != "why incident" && IsOld(action, incident))
        {
            await board.ShowAsync(incident.Id, cancellationToken);
            await turn.SayAsync($"{handle} changed since that card was shown; nothing was done. {await StandingAsync(incident, cancellationToken)}", cancellationToken);
            return true;
        }

        return await verbs.TryLineAsync($"{verb} {handle}", turn, cancellationToken);
    }

    private async Task<bool> AboutOneAsync(string verb, string more, TurnContext turn, CancellationToken cancellationToken)
    {
        var open = await board.ShownInAsync(turn.Conversation, cancellationToken);
        if (open.Count == 0)
            return false;

        if (open.Count == 1)
            return await verbs.TryLineAsync($"{verb} {open[0].Handle}{more}", turn, cancellationToken);

        var among = open.Select(incident => ($"{verb} {incident.Handle}{more}", $"{incident.Handle} {incident.CampaignName}: {incident.Cause}"));
        await turn.SayAsync(PickCard.Message($"{open.Count} incidents are open here. Which one?", [.. among]), cancellationToken);
        return true;
    }

    private static bool IsOld(ChatAction action, Incident incident) =>
        incident.State == IncidentState.Closed || (action.Revision is { } seen && seen != IncidentCard.RevisionOf(incident));

    private async Task<string> StandingAsync(Incident incident, CancellationToken cancellationToken)
    {
        var card = await board.CardAsync(incident, cancellationToken);
        return card.HasAnswer ? $"{card.Answered}." : $"{card.Pause}.";
    }

    [GeneratedRegex(@"^(?<word>ack|acknowledge|resume|roll ?back|why)(?:\s+(?<handle>i\d+))?[.!?]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Reply();

    /// <summary>"higher limit $1,500", without naming the incident.</summary>
    [GeneratedRegex(@"^higher limit (?!i\d+\b)(?<amount>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex HigherLimit();
}
