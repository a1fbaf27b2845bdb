using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Suggestions;

/// <summary>
/// What people answer to a suggestion. "Do it" is the agent's move, approved by that person: looked at again first, and carried out only
/// when the agent would still do exactly that. "Not now" keeps the agent from asking the same for a while. Both are decisions on record.
/// </summary>
public sealed class SuggestionDesk(
    SuggestionBook book, SecondLook looks, ActionExecutor executor, AgentMemories memories, AgentReporter reporter, CampaignTurns turns, CampaignClock clock)
{
    /// <param name="shown">The digest of the card that was pressed; null when it was typed.</param>
    public async Task<SuggestionAnswer> DoAsync(Campaign campaign, Person by, Digest? shown, CancellationToken cancellationToken)
    {
        using var turn = await turns.EnterAsync(campaign.Id, cancellationToken);
        using var page = await book.EnterAsync(campaign.Id, cancellationToken);
        var (open, refusal) = await OpenAsync(campaign, by, shown, cancellationToken);
        if (open is null)
            return new SuggestionAnswer(false, refusal);

        if (await looks.TakeAsync(campaign, cancellationToken) is not { } look)
            return new SuggestionAnswer(false, $"The network does not answer for {campaign.Name} now, so nothing was changed; say \"do it {campaign.Handle}\" again in a minute.");

        if (Suggestion.DigestOf(look.Plan.Moves) != open.Shown)
        {
            var expired = await book.ExpireAsync(campaign, open, look.Now.Now, Changed(look), cancellationToken);
            await RecordAsync(campaign, look, by, [], $"{by.Name} said do it, but the figures changed: {expired.Says}", cancellationToken);
            return new SuggestionAnswer(false, $"The figures changed meanwhile, so nothing was changed: {expired.Says}.");
        }

        ImmutableArray<Act> acts;
        try
        {
            acts = await CarryOutAsync(campaign, open, look, by, cancellationToken);
        }
        catch
        {
            memories.Forget(campaign);
            throw;
        }

        var done = acts.All(act => act.Confirmed);
        var says = string.Join("; ", acts.Select(act => act.Confirmed ? $"{TurnWords.Move(act.Proposal)}: done, confirmed by the network" : $"{TurnWords.Move(act.Proposal)}: not done: {act.Outcome}"));
        await book.KeepAsync(
            campaign,
            open with { State = done ? SuggestionState.Done : SuggestionState.Expired, By = by.Id, EndedAt = clock.GetUtcNow(), Says = says },
            cancellationToken);
        await RecordAsync(campaign, look, by, acts, $"{by.Name} said do it: {says}", cancellationToken);
        return new SuggestionAnswer(done, $"{campaign.Name}: {says}.");
    }

    public Task<SuggestionAnswer> NotNowAsync(Campaign campaign, Person by, Digest? shown, CancellationToken cancellationToken) =>
        LeaveAsync(campaign, by, shown, new Declining("not now", $"asked again after {Declined.Rest.TotalHours:0} hours at the earliest", SuggestionState.NotNow, null), cancellationToken);

    /// <summary>Silences this kind of proposal for the campaign.</summary>
    /// <param name="why">Null: nothing was said.</param>
    public Task<SuggestionAnswer> DeclineAsync(Campaign campaign, Person by, Digest? shown, string? why, CancellationToken cancellationToken) => LeaveAsync(
        campaign, by, shown, new Declining("no", $"not proposed again for {Declined.Silence.TotalDays:0} days, or until the evidence has doubled", SuggestionState.Declined, why), cancellationToken);

    /// <summary>How a suggestion is turned down.</summary>
    private sealed record Declining(string Word, string Until, SuggestionState State, string? Why);

    private async Task<SuggestionAnswer> LeaveAsync(Campaign campaign, Person by, Digest? shown, Declining how, CancellationToken cancellationToken)
    {
        using var page = await book.EnterAsync(campaign.Id, cancellationToken);
        var (open, refusal) = await OpenAsync(campaign, by, shown, cancellationToken);
        if (open is null)
            return new SuggestionAnswer(false, refusal);

        var now = clock.GetUtcNow();
        await memories.ChangeAsync(
            campaign, memory => memory.With(open.Moves.Select(move => new Declined(move.Lever, move.To > move.From, now, by.Name) { ForGood = how.State == SuggestionState.Declined, Why = how.Why })), cancellationToken);
        await book.KeepAsync(campaign, open with { State = how.State, By = by.Id, EndedAt = now, Says = how.Why is { } said ? $"{how.Until}; why: {said}" : how.Until }, cancellationToken);
        await reporter.AnswerAsync(
            Of(campaign, open.Saw, by, now, $"{by.Name} said {how.Word}: {open.Words}{(how.Why is { } why ? $" ({why})" : "")}") with { Wanted = open.Moves }, campaign, cancellationToken);
        return new SuggestionAnswer(true, $"{char.ToUpperInvariant(how.Word[0])}{how.Word[1..]}. {campaign.Name} stays as it is; {how.Until}.");
    }

    private async Task<(Suggestion? Open, string Refusal)> OpenAsync(Campaign campaign, Person by, Digest? shown, CancellationToken cancellationToken)
    {
        if (await book.FindAsync(campaign, cancellationToken) is not { } last)
            return (null, $"The agent suggests nothing for {campaign.Name} now.");

        if (last.State != SuggestionState.Open)
            return (null, Ended(campaign, last));

        if (campaign is not { AgentManaged: true, Status: CampaignStatus.Active })
            return (null, $"{campaign.Name} is not in the agent's hands now, so its suggestion no longer counts. Nothing was changed.");

        if (last.ChangedBy(campaign) is { } changed)
            return (null, $"{campaign.Name}: {Suggestion.Otherwise(changed, campaign)}, so the suggestion no longer counts. Nothing was changed.");

        if (shown is { } seen && seen != last.Shown)
            return (null, "What you saw is no longer what it suggests; look at the present card first. Nothing was changed.");

        var needed = last.Moves.Any(move => move.To > move.From) ? Permission.Raise : Permission.Reduce;
        return by.May(needed, campaign.Account)
            ? (last, "")
            : (null, $"{RoleTable.Refusal(needed, "answer this", by)} Nothing was changed.");
    }

    private static string Ended(Campaign campaign, Suggestion last) => last.State switch
    {
        SuggestionState.Done => $"{last.By} did this already: {last.Says}.",
        SuggestionState.NotNow => $"{last.By} said not now already; {last.Says}.",
        SuggestionState.Declined => $"{last.By} said no already; {last.Says}.",
        SuggestionState.Changed => $"{campaign.Name}: {last.Says}, so the suggestion no longer counts.",
        _ => $"The agent no longer suggests this for {campaign.Name}: {last.Says}.",
    };

    private async Task<ImmutableArray<Act>> CarryOutAsync(Campaign campaign, Suggestion open, Look look, Person by, CancellationToken cancellationToken)
    {
        var acts = ImmutableArray.CreateBuilder<Act>();
        foreach (var move in look.Plan.Moves)
        {
            var approved = move with { Because = $"{move.Because}; {by.Name} said do it" };
            var act = await executor.CarryOutAsync(campaign, open.Decision, approved, cancellationToken);
            acts.Add(act);
            if (!act.Confirmed)
                break;

            await memories.ChangeAsync(campaign, memory => memory.With(AgentMemories.Move(look.Now, approved)), cancellationToken);
        }

        return acts.ToImmutable();
    }

    private Task RecordAsync(Campaign campaign, Look look, Person by, ImmutableArray<Act> acts, string says, CancellationToken cancellationToken) => reporter.AnswerAsync(
        Of(campaign, Seen.In(look.Now), by, look.Now.Now, says) with { Verdicts = look.Verdicts, Wanted = look.Plan.Wanted, Trimmed = look.Plan.Trimmed, Done = acts },
        campaign, cancellationToken);

    private static Decision Of(Campaign campaign, Seen saw, Person by, DateTimeOffset at, string says) =>
        new(Guid.CreateVersion7(at), campaign.Workspace, campaign.Account, campaign.Id, at, saw, [], [], [], [], says) { Consent = Autonomy.Suggest, By = by.Id };

    private static string Changed(Look look)
    {
        if (look.Verdicts.OfType<Safety.SafetyVerdict.Breach>().Any())
            return "a limit is passed now, which goes before every move";

        return look.Plan.Moves.IsEmpty ? "on what is seen now there is nothing to move" : $"on what is seen now it would be {string.Join("; ", look.Plan.Moves.Select(TurnWords.Move))}";
    }
}
