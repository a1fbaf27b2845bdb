using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Tab;

/// <summary>The keys that Entra signs with in our tenant.</summary>
internal sealed class SignInKeys(HttpClient http, TeamsSettings settings, TimeProvider machine) : SigningKeys("Entra", http, settings.SignInAddress, machine);
