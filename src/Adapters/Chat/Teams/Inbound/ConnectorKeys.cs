using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>The keys that the Bot Connector signs with.</summary>
internal sealed class ConnectorKeys(HttpClient http, TeamsSettings settings, TimeProvider machine) : SigningKeys("the Bot Connector", http, settings.MetadataAddress, machine);
