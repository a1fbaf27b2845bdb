using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>
/// Replies to an incident, typed or pressed. A bare word means the only open incident shown in this conversation; of several the
/// person chooses. The first answer counts; a card that somebody answered meanwhile shows who and when instead of acting.
/// </summary>
public sealed class IncidentThread(IncidentBoard board, VerbRunner verbs)
{
    public async Task<bool> TryBareAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (IncidentVerbs.Find(turn.Text) is not var (reply, handle, rest))
            return false;

        var more = rest.Length > 0 ? $" {rest}" : "";
        return handle.Length > 0
            ? await verbs.TryLineAsync($"{reply.Means} {handle}{more}", turn, cancellationToken)
            : await AboutOneAsync(reply.Means!, more, turn, cancellationToken);
    }

    public async Task<bool> TryPressAsync(string name, ChatAction action, TurnContext turn, CancellationToken cancellationToken)
    {
        if (IncidentVerbs.Find(name) is not { Verb: var reply } || action.Target is not { } handle)
            return false;

        if (await board.LatestByHandleAsync(turn.Person.Workspace, handle, cancellationToken) is not { } incident)
        {
            await turn.SayAsync($"Incident {handle} is no longer known; nothing was changed.", cancellationToken);
            return true;
        }

        if (reply.Kind != VerbKind.Reads && IsOld(action, incident))
        {
            await board.ShowAsync(incident.Id, cancellationToken);
            await turn.SayAsync($"{handle} changed since that card was shown; nothing was done. {await StandingAsync(incident, cancellationToken)}", cancellationToken);
            return true;
        }

        return await verbs.TryLineAsync($"{reply.Means} {handle}", turn, cancellationToken);
    }

    /// <summary>What can be said to the incidents that are shown here; null where none is open.</summary>
    public async Task<string?> HintAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var open = await board.ShownInAsync(turn.Conversation, cancellationToken);
        var words = IncidentVerbs.All.Where(verb => turn.Person.MaySomewhere(verb.Needs) && verb.Means is not "higher limit").Select(verb => $"\"{verb.Name}\"").ToList();
        return open.Count switch
        {
            0 => null,
            1 => $"{open[0].Handle} is open here ({open[0].CampaignName}): say {(words.Count == 1 ? words[0] : $"{string.Join(", ", words[..^1])} or {words[^1]}")}.",
            _ => $"{open.Count} incidents are open here: say \"incidents\" to see them.",
        };
    }

    private async Task<bool> AboutOneAsync(string verb, string more, TurnContext turn, CancellationToken cancellationToken)
    {
        var open = await board.ShownInAsync(turn.Conversation, cancellationToken);
        if (open.Count == 0)
            return false;

        if (open.Count == 1)
            return await verbs.TryLineAsync($"{verb} {open[0].Handle}{more}", turn, cancellationToken);

        var among = open.Select(incident => new Offer($"{verb} {incident.Handle}{more}", incident.Handle, $"{incident.Handle} {incident.CampaignName}: {incident.CauseWords}"));
        await verbs.OfferAsync(turn, $"{open.Count} incidents are open here. Which one?", $"{verb} {OfferedList.Gap}{more}", [.. among], cancellationToken);
        return true;
    }

    private static bool IsOld(ChatAction action, Incident incident) =>
        incident.State == IncidentState.Closed || (action.Revision is { } seen && seen != IncidentCard.RevisionOf(incident));

    private async Task<string> StandingAsync(Incident incident, CancellationToken cancellationToken)
    {
        var card = await board.CardAsync(incident, cancellationToken);
        return card.HasAnswer ? $"{card.Answered}." : $"{card.Pause}.";
    }
}
