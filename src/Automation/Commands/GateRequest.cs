using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>A command on its way to the network: what, under which key, by whom and why.</summary>
/// <param name="Resumes">The incident that an authorised resume ends: every rule was judged clear, so no other incident of the campaign holds it either.</param>
public sealed record GateRequest(
    NetworkCommand Command, CommandKey Key, WorkspaceId Workspace, NetworkMode Mode, PersonId By, string Because, IncidentId? Resumes = null)
{
    /// <summary>A person was asked about its unusual size and confirmed it once more.</summary>
    public bool SureOfSize { get; init; }
}
