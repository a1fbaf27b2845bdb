using System.Globalization;
using System.Text.Json;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Raises;

/// <summary>What is known of a raise before it is asked about.</summary>
/// <param name="Objection">Why it would be refused now, with what would be right; null when it would not.</param>
/// <param name="SecondPerson">Why a second person has to approve it; null when one may.</param>
/// <param name="Unusual">Why it looks like a slip of the finger; null when it does not.</param>
public sealed record RaisePreview(string? Objection, string? SecondPerson, string? Unusual = null);

/// <summary>People's raises of budgets and bids: a large one waits for a second person, and what would be refused is asked of nobody.</summary>
public sealed class RaiseDesk(
    NetworkGate gate, IIntentStore intents, ApprovalDesk approvals, UnusualAmounts unusual, SecondPeople others, ApprovalLimits limits, TimeProvider machine, CampaignClock clock)
{
    public async Task<RaisePreview> PreviewAsync(Campaign campaign, Lever lever, Money to, Person by, CancellationToken cancellationToken)
    {
        if (campaign.Network.Campaign is not { } target || AskedRaise.Of(campaign, lever, to) is not { } raise)
            return new RaisePreview(null, null);

        var request = new GateRequest(
            raise.Command(campaign, target), new CommandKey($"{campaign.Id}/preview"), campaign.Workspace, campaign.Mode, by.Id, "preview")
        {
            SureOfSize = true,
        };
        return await gate.ObjectionAsync(request, cancellationToken) is { } objection
            ? new RaisePreview(objection, null)
            : new RaisePreview(null, await WhySecondPersonAsync(raise, cancellationToken), await unusual.FindAsync(campaign, raise, cancellationToken));
    }

    /// <summary>Asks a second person where one is needed. Null when one person may.</summary>
    /// <param name="sure">Asked about an unusual size, the person confirmed it.</param>
    public async Task<string?> AskAsync(Campaign campaign, Lever lever, Money to, Person by, bool sure, CancellationToken cancellationToken)
    {
        var preview = await PreviewAsync(campaign, lever, to, by, cancellationToken);
        if (preview.Objection is { } objection)
            return $"Not done: {objection}";

        if (preview.Unusual is { } size && !sure)
            return $"Not done: {size}. Say it again, and yes to both questions, if that is what you mean.";

        if (preview.SecondPerson is not { } because || AskedRaise.Of(campaign, lever, to) is not { } plain)
            return null;

        var raise = plain with { Unusual = preview.Unusual };

        if (await others.NobodyElseMayAsync(campaign.Workspace, campaign.Account, by, cancellationToken))
            return $"Not done: {because}, and nobody else here may approve that. {SecondPeople.HowToAdd} Or raise it by less.";

        var details = JsonSerializer.Serialize(raise);
        var asked = await approvals.RequestAsync(
            new PendingApproval(
                ApprovalId.New(), campaign.Workspace, campaign.Account, ApprovalKind.Raise, $"{campaign.Id}/{lever}", Digest.Of(details),
                $"raise the {raise.LeverName} of {campaign.Name} from {raise.From} to {to}", by.Id, machine.GetUtcNow(), ApprovalState.Waiting)
            {
                Details = details,
            },
            cancellationToken);
        return SecondPeople.Asked(asked, because);
    }

    /// <summary>Why a second person has to approve it, as a clause: "$12 is more than 20 % above the present $8"; null when one may.</summary>
    public async Task<string?> WhySecondPersonAsync(AskedRaise raise, CancellationToken cancellationToken)
    {
        var counted = RaiseCount.Of(raise, await intents.ConfirmedAsync(raise.Campaign, clock.GetUtcNow() - RaiseCount.Window, cancellationToken));
        if (raise.To > limits.MostAlone(counted.From))
        {
            var percent = (limits.RaiseAbove * 100).ToString("0.#", CultureInfo.InvariantCulture);
            return $"{raise.To} is more than {percent} % above {counted.Words}";
        }

        if (raise.Lever != Lever.DailyBudget || !limits.NeedsSecondPerson(raise.To))
            return null;

        return limits.LaunchAbove.TryGetValue(raise.To.Currency.Code, out var alone)
            ? raise.From.Amount > alone ? null : $"{raise.To} a day is above the {raise.To.Currency.Of(alone)} that one person may let run"
            : $"nobody said in the settings how many {raise.To.Currency} a day one person may let run";
    }
}
