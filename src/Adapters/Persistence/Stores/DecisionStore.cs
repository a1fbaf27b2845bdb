using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class DecisionStore(Database database) : IDecisionStore
{
    public async Task AddAsync(Decision decision, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        db.Add(new DecisionRow
        {
            Id = decision.Id.ToString("N"),
            Version = 1,
            Workspace = decision.Workspace.Value,
            AdAccount = decision.Account.Value,
            Person = PersonId.Agent.Value,
            Campaign = decision.Campaign.Value,
            At = decision.At,
            Quiet = decision.IsQuiet,
            Body = Database.Write(decision),
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    public Task<IReadOnlyList<Decision>> LatestAsync(CampaignId campaign, int count, CancellationToken cancellationToken) =>
        database.ListAsync<DecisionRow, Decision>(
            rows => rows.Where(row => row.Campaign == campaign.Value).OrderByDescending(row => row.At).Take(count), cancellationToken);
}
