using System.Text;
using System.Text.Json;
using ChatOpsCampaigns.Bot.Checkup;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Tests.Secrets;

/// <summary>
/// A value for every setting that is a secret. Which they are is what the program knows as a setting and is not named here as one that anybody may read:
/// a new one is a secret until somebody says here that it is none.
/// </summary>
internal static class Canaries
{
    /// <summary>In each of them, with signs that are written otherwise in an address and in JSON. Who finds it has found a part of a secret.</summary>
    public const string Mark = "canary+x7/q9";

    /// <summary>A server that is not SQLite takes it: a test of its own.</summary>
    public const string Connection = "Database:ConnectionString";

    /// <summary>What a secret's name ends in, whatever else is said here.</summary>
    public static IReadOnlyList<string> Endings => SecretLooks.Endings;

    public static readonly IReadOnlyList<string> Open =
    [
        "Urls", "Public:Urls", "Public:BaseUrl", "Data:Folder", "Database:Provider", "Clock:Speed", "Clock:Start", "Demo:History", "Agent:DecideEvery", "Agent:Autonomy",
        "Safety:SweepEvery", "Safety:StaleAfter", "Simulator:Seed", "Simulator:Latency", "Simulator:ReviewTime", "People:Defaults", "Approvals:RaiseAbove", "Approvals:RemindAfter", "Approvals:EscalateAfter", "Approvals:ExpireAfter",
        "Storage:PublicUrl", "Retention:RawReadings", "Retention:HourlyReadings", "Retention:DailyTotals", "Retention:QuietTurns", "Retention:Records",
        "Slack:ApiBaseUrl", "Slack:ClientId", "Slack:AllowedWorkspaces", "Slack:NativeCharts", "Teams:AppId", "Teams:TenantId", "Teams:OpenIdMetadataUrl", "Teams:TokenUrl", "Teams:AllowLocalClients", "Teams:TargetedMessages", "Teams:NativeCharts", "Teams:PersonalTab", "Teams:SignInMetadataUrl", "Telemetry:Endpoint", "Heartbeat:File", "Alerts:Email:Host", "Alerts:Email:Port", "Alerts:Email:UseTls", "Alerts:Email:User",
        "Alerts:Email:From", "Alerts:Email:To", "Alerts:Sms:To", "Alerts:Push:To", "Cards:Folder", "Media:Ffmpeg", "Landing:Check",
        "json", "csv", "from", "to", "person", "by", "yes", "campaigns", "empty", "environment", "contentRoot", "applicationName",
    ];

    /// <summary>Under <c>AdNetworks:{name}</c>.</summary>
    public static readonly IReadOnlyList<string> OpenOfNetworks =
    [
        "BaseUrl", "AuthUrl", "UploadUrl", "ReportUrl", "ApiVersion", "PageId", "ClientId", "LoginCustomerId", "OrganizationId", "FundingInstrumentId", "KeyId", "CampaignSetId", "TeamId",
        "PixelId", "InstagramUserId", "LeadFormId", "DsaBeneficiary", "DsaPayor", "ConversionActionIds", "BusinessName", "FinalUrl", "AppId", "IdentityId", "ProfileId", "BrandName",
        "AsUserId", "AdamId",
    ];

    /// <summary>The secrets of a section whose names are free.</summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> OfSections = new()
    {
        ["AdNetworks:"] =
        [
            .. from network in NetworkOptions.Credentials.Keys
               from name in NetworkOptions.Live.Except(OpenOfNetworks)
               select $"{network}:{name}",
        ],
        ["LanguageModel:"] = ["ApiKey"],
        ["People:Roles:"] = [],
        ["Approvals:LaunchAbove:"] = [],
        ["Channels:"] = [],
        ["OnCall:"] = [],
        ["Logging:"] = [],
        ["Kestrel:"] = [],
    };

    /// <summary>What stands before a secret where it has to begin with something.</summary>
    private static readonly Dictionary<string, string> Begins = new() { ["Slack:BotToken"] = "xoxb-", ["Slack:AppToken"] = "xapp-" };

    public static readonly IReadOnlyList<string> Names =
        [.. OptionNames.Known.SelectMany(known => known.EndsWith(':') ? OfSections[known].Select(name => known + name) : Open.Contains(known) ? [] : [known])];

    public static string Of(string name) => name is "Audit:Key" or "Storage:SigningKey"
        ? Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Mark}-{(name == "Audit:Key" ? "audit-key" : "photo-key")}-of-32-byt"))
        : $"{Begins.GetValueOrDefault(name)}{Mark}{name.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant()}";

    /// <summary>What of the secrets stands in something, in any form that it might come out in.</summary>
    public static IEnumerable<string> In(string where, byte[] bytes) =>
        from form in Forms(Mark)
        let at = bytes.AsSpan().IndexOf(form.Bytes)
        where at >= 0
        select $"{form.Name} in {where}: …{Encoding.UTF8.GetString(bytes.AsSpan(at)[..Math.Min(120, bytes.Length - at)])}";

    private static IEnumerable<(string Name, byte[] Bytes)> Forms(string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        yield return ("plain", plain);
        yield return ("UTF-16", Encoding.Unicode.GetBytes(secret));
        yield return ("in an address", Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret)));
        yield return ("in JSON", Encoding.UTF8.GetBytes(JsonEncodedText.Encode(secret).ToString()));
        yield return ("hexadecimal", Encoding.UTF8.GetBytes(Convert.ToHexStringLower(plain)));
        yield return ("hexadecimal", Encoding.UTF8.GetBytes(Convert.ToHexString(plain)));
        foreach (var before in new[] { 0, 1, 2 })
        {
            var text = InBase64(plain, before);
            yield return ("base64", Encoding.UTF8.GetBytes(text));
            yield return ("base64 for addresses", Encoding.UTF8.GetBytes(text.Replace('+', '-').Replace('/', '_')));
        }
    }

    /// <summary>The signs that a secret alone decides, when so many bytes stand before it.</summary>
    private static string InBase64(byte[] secret, int before)
    {
        const int bitsOfByte = 8, bitsOfSign = 6;
        var text = Convert.ToBase64String([.. new byte[before], .. secret]);
        var begins = ((before * bitsOfByte) + bitsOfSign - 1) / bitsOfSign;
        return text[begins..((before + secret.Length) * bitsOfByte / bitsOfSign)];
    }
}
