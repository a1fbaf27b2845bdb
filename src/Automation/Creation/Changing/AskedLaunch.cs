using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation.Changing;

/// <summary>A launch that waits for a second person: the draft that was shown, and what its budget came to on a day then.</summary>
/// <param name="Daily">Null where that was not kept.</param>
public sealed record AskedLaunch(CampaignDraft Draft, Money? Daily)
{
    private const string ShownDaily = "ShownDaily";

    public static AskedLaunch Of(PendingApproval approval) => JsonNode.Parse(approval.Details) is JsonObject kept && kept.Deserialize<CampaignDraft>() is { } draft
        ? new AskedLaunch(draft, kept[ShownDaily].Deserialize<Money?>())
        : throw new InvalidOperationException($"Approval {approval.Handle} holds no draft.");

    /// <summary>The draft, with what it came to on a day among its fields.</summary>
    public string Details()
    {
        var kept = JsonSerializer.SerializeToNode(Draft)!.AsObject();
        kept[ShownDaily] = JsonSerializer.SerializeToNode(Daily);
        return kept.ToJsonString();
    }
}
