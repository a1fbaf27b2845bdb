using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Commands.Levers;

/// <summary>What is asked before a budget or a bid is raised.</summary>
internal static class RaiseQuestion
{
    /// <summary>Null for what is no raise, and for one that would be refused: that is said at once and not after a yes.</summary>
    /// <param name="profile">Of a budget, the network that spends it.</param>
    public static async Task<Confirmation?> OfAsync(RaiseDesk raises, Campaign campaign, Lever lever, Money to, Person by, CancellationToken cancellationToken, NetworkProfile? profile = null)
    {
        if (!by.May(Permission.Raise, campaign.Account) || AskedRaise.Of(campaign, lever, to) is not { } raise || to.Currency != raise.From.Currency || to <= raise.From)
            return null;

        var preview = await raises.PreviewAsync(campaign, lever, to, by, cancellationToken);
        return preview.Objection is not null ? null : new Confirmation($"Raise the {raise.LeverName} of {campaign.Name} from {raise.From} to {to}?")
        {
            Lines = [.. Lines(campaign, lever, preview), .. profile is not null && Overdelivery.Says(profile, to, campaign.Spec.Budget.MaxDailySpend) is { } most ? [$"{most}."] : Array.Empty<string>()],
            Then = preview.Unusual is { } size ? new Confirmation($"{size}. Really {to}?") { Lines = ["Typing the amount once more is a yes too."], Amount = to } : null,
        };
    }

    private static IEnumerable<string> Lines(Campaign campaign, Lever lever, RaisePreview preview)
    {
        if (lever == Lever.DailyBudget)
            yield return $"Its cap stays {campaign.Spec.Budget.MaxDailySpend} a day.";

        if (preview.SecondPerson is { } because)
            yield return $"{because}, so a second person has to approve it.";
    }
}
