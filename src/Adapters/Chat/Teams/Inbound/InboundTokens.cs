using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>What is made of a request before anything in it counts.</summary>
/// <param name="Why">For the log; holds nothing of the token.</param>
internal sealed record Trust(bool IsGenuine, bool IsKnown, bool CanBeTold, string Why)
{
    public static readonly Trust Genuine = new(true, true, true, "");

    /// <summary>Who sent it is not known: 401.</summary>
    public static Trust Unknown(string why) => new(false, false, true, why);

    /// <summary>It is known who sent it, and it is not for us: 403.</summary>
    public static Trust NotForUs(string why) => new(false, true, true, why);

    /// <summary>Nobody can tell just now: 503, so that it is brought again.</summary>
    public static Trust Later(string why) => new(false, false, false, why);
}

/// <summary>
/// The token that the Bot Connector puts on every activity: who signed it, with a key that is endorsed for Teams, for us, now, about the very address that the
/// activity tells us to answer to; and the tenant has to be ours. Tokens of Entra itself are none of these.
/// </summary>
internal sealed class InboundTokens(ConnectorKeys keys, TeamsSettings settings, TimeProvider machine)
{
    private const string Channel = "msteams";
    private const string ServiceClaim = "serviceurl";
    private const string Endorsements = "endorsements";

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    /// <param name="authorization">Every header of that name.</param>
    public async Task<Trust> CheckAsync(IReadOnlyList<string?> authorization, JsonObject activity, CancellationToken cancellationToken)
    {
        var read = SignedToken.Read(authorization, Algorithms, "the Connector");
        if (read.Token is not { } token)
            return read.Refused;

        try
        {
            if (await keys.FindAsync(token.Kid, cancellationToken) is not { } key)
                return Trust.Unknown("its token is signed with no key of the Connector");

            return await SignedToken.WrongAsync(token, key, Rules, machine) is { } wrong ? wrong : About(token, key, activity);
        }
        catch (KeysAwayException fault)
        {
            return Trust.Later(fault.Message);
        }
    }

    private TokenRules Rules => new([settings.SignedBy], [settings.AppId ?? "", settings.AppId?.ToLowerInvariant() ?? ""], Algorithms, "the Connector", "Teams:AppId");

    private Trust About(JsonWebToken token, JsonWebKey key, JsonObject activity)
    {
        if (activity.Word("channelId") != Channel)
            return Trust.NotForUs("it is from another channel than Teams");

        if (!key.AdditionalData.TryGetValue(Endorsements, out var endorsed) || endorsed is not JsonElement { ValueKind: JsonValueKind.Array } list
            || !list.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == Channel))
            return Trust.NotForUs("its key is not endorsed for Teams");

        if (!token.TryGetClaim(ServiceClaim, out var service) || activity.Word("serviceUrl") is not { Length: > 0 } said
            || !service.Value.Equals(said, StringComparison.OrdinalIgnoreCase))
            return Trust.NotForUs("its token is about another service URL than the activity's");

        if (!Uri.TryCreate(said, UriKind.Absolute, out var address) || !settings.MayCall(address))
            return Trust.NotForUs("its service URL is no address of the Connector");

        var tenants = TenantsOf(activity).ToList();
        return tenants.Count > 0 && tenants.TrueForAll(tenant => tenant.Equals(settings.TenantId, StringComparison.OrdinalIgnoreCase))
            ? Trust.Genuine
            : Trust.NotForUs("it is from another tenant than Teams:TenantId");
    }

    public static IEnumerable<string> TenantsOf(JsonObject activity) =>
        new[] { activity.Word("conversation", "tenantId"), activity.Word("channelData", "tenant", "id") }.Where(tenant => !string.IsNullOrEmpty(tenant)).OfType<string>();
}
