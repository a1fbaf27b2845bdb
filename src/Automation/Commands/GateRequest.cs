using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>A command on its way to the network: what, under which key, by whom and why.</summary>
/// <param name="Resumes">The open incident that an authorised resume ends; others still hold the campaign.</param>
public sealed record GateRequest(
    NetworkCommand Command, CommandKey Key, WorkspaceId Workspace, NetworkMode Mode, PersonId By, string Because, IncidentId? Resumes = null);
