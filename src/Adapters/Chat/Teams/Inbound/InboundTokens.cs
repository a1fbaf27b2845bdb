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
    private const string Scheme = "Bearer ";
    private const string ServiceClaim = "serviceurl";
    private const string Endorsements = "endorsements";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    private readonly JsonWebTokenHandler _handler = new();

    /// <param name="authorization">Every header of that name.</param>
    public async Task<Trust> CheckAsync(IReadOnlyList<string?> authorization, JsonObject activity, CancellationToken cancellationToken)
    {
        if (authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.Ordinal))
            return Trust.Unknown(authorization.Count == 0 ? "it has no token" : "it has no single Bearer token");

        if (!TryRead(header[Scheme.Length..], out var token) || !Algorithms.Contains(token.Alg) || token.Kid is not { Length: > 0 } id)
            return Trust.Unknown("it has no token that is signed as the Connector signs");

        try
        {
            if (await keys.FindAsync(id, cancellationToken) is not { } key)
                return Trust.Unknown("its token is signed with no key of the Connector");

            return await WrongAsync(token, key) is { } wrong ? wrong : About(token, key, activity);
        }
        catch (ConnectorKeysException fault)
        {
            return Trust.Later(fault.Message);
        }
    }

    /// <summary>Null when it is genuine.</summary>
    private async Task<Trust?> WrongAsync(JsonWebToken token, JsonWebKey key)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = settings.SignedBy,
            ValidAudiences = [settings.AppId, settings.AppId?.ToLowerInvariant()],
            ValidAlgorithms = Algorithms,
            IssuerSigningKey = key,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            LifetimeValidator = (from, until, _, _) => IsNow(from, until),
        });
        return result.IsValid
            ? null
            : result.Exception switch
            {
                SecurityTokenInvalidAudienceException => Trust.NotForUs("its token is for somebody else than Teams:AppId"),
                SecurityTokenInvalidIssuerException => Trust.Unknown("its token is from somebody else than the Connector"),
                SecurityTokenInvalidLifetimeException => Trust.Unknown("its token is not valid now"),
                _ => Trust.Unknown("its token is not signed by the Connector"),
            };
    }

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

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = machine.GetUtcNow().UtcDateTime;
        return until is { } end && now <= end + Skew && (from is not { } begin || now >= begin - Skew);
    }

    private static bool TryRead(string text, out JsonWebToken token)
    {
        try
        {
            token = new JsonWebToken(text);
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException or FormatException or JsonException)
        {
            token = null!;
            return false;
        }
    }
}
