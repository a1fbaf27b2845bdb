using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>An ad network by the name that configuration uses: Meta, Google, TikTok, Snapchat, X, Unity, AppLovin, Apple, or one added later.</summary>
[JsonConverter(typeof(IdentityConverter<NetworkName>))]
public readonly record struct NetworkName(string Value) : IIdentity<NetworkName>
{
    public static NetworkName From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>An object's id at the network. Always text: some networks' ids do not fit a double.</summary>
[JsonConverter(typeof(IdentityConverter<ExternalId>))]
public readonly record struct ExternalId(string Value) : IIdentity<ExternalId>
{
    public static ExternalId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>Names one wanted effect, so that trying it again never does it twice: <c>{campaign}/{step}</c> or an intent's id.</summary>
[JsonConverter(typeof(IdentityConverter<CommandKey>))]
public readonly record struct CommandKey(string Value) : IIdentity<CommandKey>
{
    public static CommandKey From(string value) => new(value);

    public override string ToString() => Value;
}
