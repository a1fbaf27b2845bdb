namespace ChatOpsCampaigns.Adapters.Chat.Teams.Wire;

/// <summary>Section <c>Teams</c>. Without an app id, and without local clients, there is no Teams.</summary>
public sealed record TeamsSettings
{
    public const string VendorMetadata = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    private const string Issuer = "https://api.botframework.com";
    private const string GovernmentIssuer = "https://api.botframework.us";

    /// <summary>Hosts of the Bot Connector: our token is shown to them and to nobody else.</summary>
    private static readonly string[] Hosts = ["smba.trafficmanager.net", ".botframework.com"];

    /// <summary>Unconfirmed against a live government tenant.</summary>
    private static readonly string[] GovernmentHosts = [".botframework.azure.us", "smba.infra.gcc.teams.microsoft.com"];

    /// <summary>The Microsoft App ID of the Azure Bot.</summary>
    public string? AppId { get; init; }

    /// <summary>The one tenant that the bot serves, which is also where its own token comes from.</summary>
    public string? TenantId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>Where the Connector says with what keys it signs.</summary>
    public string OpenIdMetadataUrl { get; init; } = VendorMetadata;

    /// <value>Null: that of <see cref="TenantId"/> at Entra.</value>
    public string? TokenUrl { get; init; }

    /// <summary>For a playground on this machine: what comes from it has no token.</summary>
    public bool AllowLocalClients { get; init; }

    /// <summary>Whether what one member of a channel is told is sent so that they alone see it there: newer than most of what Teams takes, and not everywhere.</summary>
    public bool TargetedMessages { get; init; }

    /// <summary>Whether Teams draws charts itself, from their numbers: newer than most of what Teams takes, and not everywhere.</summary>
    public bool NativeCharts { get; init; }

    /// <summary>Whether the page of the personal tab is there, and people sign in to it with their account of Teams.</summary>
    public bool PersonalTab { get; init; }

    /// <summary>The host that leads to us from outside, as the address of the tab and of its sign-in have it.</summary>
    public string? PublicHost { get; init; }

    /// <value>Null: that of <see cref="TenantId"/> at Entra.</value>
    public string? SignInMetadataUrl { get; init; }

    public bool IsSetUp => !string.IsNullOrEmpty(AppId) || AllowLocalClients;

    public Uri TokenAddress => new(TokenUrl ?? $"https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token");

    /// <summary>Where Entra says with what keys it signs in our tenant.</summary>
    public Uri SignInAddress => new(SignInMetadataUrl ?? $"https://login.microsoftonline.com/{TenantId}/v2.0/.well-known/openid-configuration");

    public Uri MetadataAddress => new(OpenIdMetadataUrl);

    /// <summary>Who signs what comes in: the clouds of governments have one of their own.</summary>
    public string SignedBy => IsGovernment ? GovernmentIssuer : Issuer;

    /// <summary>The Connector is a stand-in or a playground on this machine.</summary>
    public bool IsLocal => AllowLocalClients || MetadataAddress.IsLoopback;

    private bool IsGovernment => MetadataAddress.Host.EndsWith(".azure.us", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an address that an activity names is the Connector's.</summary>
    public bool MayCall(Uri service) => IsLocal && service.IsLoopback
        ? service.Scheme is "http" or "https"
        : service is { Scheme: "https", IsDefaultPort: true, UserInfo: "" } && (IsGovernment ? GovernmentHosts : Hosts).Any(host => IsOf(service.Host, host));

    /// <summary>Why these settings cannot be used, in a sentence that says what would be right and repeats no secret; null when they can.</summary>
    public string? Problem()
    {
        if (!IsAddress(OpenIdMetadataUrl))
            return $"Teams:OpenIdMetadataUrl is \"{OpenIdMetadataUrl}\"; write an https address, or leave it out for the Bot Connector's own.";

        if (TokenUrl is { Length: > 0 } && !IsAddress(TokenUrl))
            return $"Teams:TokenUrl is \"{TokenUrl}\"; write an https address, or leave it out for that of Teams:TenantId at Entra.";

        if (SignInMetadataUrl is { Length: > 0 } && !IsAddress(SignInMetadataUrl))
            return $"Teams:SignInMetadataUrl is \"{SignInMetadataUrl}\"; write an https address, or leave it out for that of Teams:TenantId at Entra.";

        if (PersonalTab && (string.IsNullOrEmpty(AppId) || PublicHost is null))
            return "Teams:PersonalTab is a page that Teams shows: set Teams:AppId and Storage:PublicUrl too, the https address that leads to it.";

        if (AllowLocalClients)
            return string.IsNullOrEmpty(AppId) ? null : "Teams:AllowLocalClients is for a playground on this machine, which has no Teams:AppId; leave one of the two out.";

        if (string.IsNullOrEmpty(AppId))
            return TenantId is { Length: > 0 } || ClientSecret is { Length: > 0 } ? "Teams:AppId is not set and others of Teams are; set it too, or leave them all out." : null;

        if (!IsId(AppId))
            return $"Teams:AppId is \"{AppId}\"; copy the Microsoft App ID from the Azure Bot's Configuration page, such as 12345678-90ab-cdef-1234-567890abcdef.";

        if (!IsId(TenantId))
            return $"Teams:TenantId is \"{TenantId}\"; copy the App Tenant ID from the Azure Bot's Configuration page, such as 12345678-90ab-cdef-1234-567890abcdef.";

        return string.IsNullOrEmpty(ClientSecret)
            ? "Teams:ClientSecret is needed beside Teams:AppId: make one under Certificates & secrets of the app registration, and copy its value."
            : null;
    }

    /// <summary>Never a secret.</summary>
    public override string ToString() => $"Teams app {AppId}";

    private static bool IsOf(string host, string known) => known.StartsWith('.')
        ? host.EndsWith(known, StringComparison.OrdinalIgnoreCase)
        : host.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static bool IsId(string? text) => Guid.TryParseExact(text, "D", out _);
}
