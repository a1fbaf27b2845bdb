namespace ChatOpsCampaigns.Bot.Start;

/// <summary>The last part of every name under <c>AdNetworks:{name}</c> and its accounts.</summary>
internal static class NetworkOptions
{
    private static readonly HashSet<string> Read = new(StringComparer.OrdinalIgnoreCase) { "Mode", "AccountId", "Currency", "TimeZone", "DailyLimit" };

    /// <summary>Promised, for live networks: where a client finds its network, what it signs in with, and what each account needs.</summary>
    public static readonly IReadOnlySet<string> Live = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "BaseUrl", "AuthUrl", "UploadUrl", "ReportUrl", "ApiVersion",
        "AccessToken", "PageId", "AppSecret", "DeveloperToken", "ClientId", "ClientSecret", "RefreshToken", "LoginCustomerId", "Secret", "OrganizationId",
        "ConsumerKey", "ConsumerSecret", "AccessTokenSecret", "FundingInstrumentId", "KeyId", "SecretKey", "CampaignSetId", "ManagementKey", "ReportKey",
        "TeamId", "PrivateKey",
        "PixelId", "InstagramUserId", "LeadFormId", "DsaBeneficiary", "DsaPayor", "ConversionActionIds", "BusinessName", "FinalUrl", "AppId", "IdentityId",
        "ProfileId", "BrandName", "AsUserId", "AdamId",
    };

    /// <summary>What each live network's client signs in with; what it can do without is left out.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Credentials = new Dictionary<string, IReadOnlyList<string>>
    {
        ["Meta"] = ["AccessToken", "PageId"],
        ["Google"] = ["DeveloperToken", "ClientId", "ClientSecret", "RefreshToken"],
        ["TikTok"] = ["AccessToken"],
        ["Snapchat"] = ["ClientId", "ClientSecret", "RefreshToken", "OrganizationId"],
        ["X"] = ["ConsumerKey", "ConsumerSecret", "AccessToken", "AccessTokenSecret"],
        ["Unity"] = ["KeyId", "SecretKey", "OrganizationId"],
        ["AppLovin"] = ["ManagementKey", "ReportKey"],
        ["Apple"] = ["ClientId", "TeamId", "KeyId", "PrivateKey"],
    };

    public static bool IsKnown(string key) => Read.Contains(Last(key)) || Live.Contains(Last(key));

    public static bool IsForLive(string key) => key.StartsWith("AdNetworks:", StringComparison.OrdinalIgnoreCase) && Live.Contains(Last(key));

    /// <summary>A list such as <c>ConversionActionIds:0</c> ends in a number.</summary>
    private static string Last(string key) => key.Split(':').Last(part => !part.All(char.IsAsciiDigit));
}
