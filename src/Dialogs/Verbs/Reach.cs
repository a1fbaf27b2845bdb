using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Commands;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>How far somebody's roles reach: a role in one ad account counts for what is of that account, and for making a campaign, which is asked again at its launch.</summary>
internal static class Reach
{
    private static readonly Permission[] WithoutAccount = [Permission.See, Permission.Draft, Permission.Launch];

    public static bool Allows(Person person, VerbCall call)
    {
        if (person.May(call.Verb.Needs))
            return true;

        List<AdAccountId> accounts = [.. call.Values.Values.Select(AccountOf).OfType<AdAccountId>()];
        return accounts.Count > 0 ? accounts.TrueForAll(account => person.May(call.Verb.Needs, account)) : WithoutAccount.Contains(call.Verb.Needs);
    }

    private static AdAccountId? AccountOf(object argument) => argument switch
    {
        Campaign campaign => campaign.Account,
        Incident incident => incident.Account,
        PendingApproval approval => approval.Account,
        _ => null,
    };
}
