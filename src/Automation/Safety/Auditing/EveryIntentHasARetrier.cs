using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Auditing;

/// <summary>
/// Each command whose outcome nobody knows is asked for by somebody: by the launch it belongs to, else by the sweep. Neither can where the
/// account is no longer configured, or where the launch waits for a person.
/// </summary>
public sealed class EveryIntentHasARetrier(IIntentStore intents, ICampaignStore campaigns, IAdAccounts accounts) : ISelfCheck
{
    private const int Named = 5;

    public string Name => "intents";

    public async Task<IReadOnlyList<SelfFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var open = await intents.OpenAsync(cancellationToken);
        if (open.Count == 0)
            return [];

        var configured = (await accounts.AllAsync(cancellationToken)).Select(account => account.Id).ToHashSet();
        var lost = new List<string>();
        foreach (var intent in open)
        {
            if (await WhyLostAsync(intent, configured, cancellationToken) is { } why)
                lost.Add($"\"{intent.Command.Words}\" ({intent.Key}): {why}");
        }

        return lost.Count == 0
            ? []
            : [new SelfFinding(Name, Severity.High, $"nobody finds out what became of {string.Join("; ", lost.Take(Named))}{(lost.Count > Named ? $"; and {lost.Count - Named} more" : "")}")];
    }

    private async Task<string?> WhyLostAsync(CommandIntent intent, HashSet<AdAccountId> configured, CancellationToken cancellationToken)
    {
        if (!configured.Contains(intent.Command.Account))
            return $"the account {intent.Command.Account} is no longer configured; configure it again, or look at its network";

        return await campaigns.FindAsync(intent.Command.Campaign, cancellationToken) is { Status: CampaignStatus.Launching, WaitsForChoice: true, Handle: var handle }
            ? $"the launch it belongs to waits for a person; answer it with \"go on {handle}\" or \"undo launch {handle}\""
            : null;
    }
}
