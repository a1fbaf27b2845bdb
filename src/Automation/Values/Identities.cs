using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOpsCampaigns.Automation.Values;

/// <summary>An identity that is one string; it crosses JSON and database columns as that string.</summary>
public interface IIdentity<TSelf> where TSelf : struct, IIdentity<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

/// <summary>A team that shares people, ad accounts and campaigns. <c>local</c> is the browser chat's.</summary>
[JsonConverter(typeof(IdentityConverter<WorkspaceId>))]
public readonly record struct WorkspaceId(string Value) : IIdentity<WorkspaceId>
{
    public static readonly WorkspaceId Local = new("local");

    public static WorkspaceId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>An ad account as we know it, for example <c>meta</c> or <c>meta:eu</c>; unique in the installation.</summary>
[JsonConverter(typeof(IdentityConverter<AdAccountId>))]
public readonly record struct AdAccountId(string Value) : IIdentity<AdAccountId>
{
    public static AdAccountId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>A person on one channel, for example <c>local:ana</c>; or one of our own actors, <c>agent</c> and <c>monitor</c>.</summary>
[JsonConverter(typeof(IdentityConverter<PersonId>))]
public readonly record struct PersonId(string Value) : IIdentity<PersonId>
{
    /// <summary>The optimising agent.</summary>
    public static readonly PersonId Agent = new("agent");

    /// <summary>The emergency monitor.</summary>
    public static readonly PersonId Monitor = new("monitor");

    /// <summary>The program itself: launches that go on after a restart, schedules, demo history.</summary>
    public static readonly PersonId System = new("system");

    /// <summary>Whoever opens the browser chat without saying who they are.</summary>
    public static readonly PersonId Visitor = new("local:you");

    /// <summary>The visitor's name: "you" would be whoever reads it.</summary>
    private const string VisitorName = "robin";

    /// <summary>Without the channel, as addresses hold it: of <c>local:ana</c> it is <c>ana</c>.</summary>
    public string Key => Value[(Value.LastIndexOf(':') + 1)..];

    /// <summary>Without the channel, for people: of <c>local:ana</c> it is <c>ana</c>.</summary>
    public string Name => this == Visitor ? VisitorName : Key;

    /// <summary>The same human being as far as ids tell: in every workspace of one chat a person has the same.</summary>
    public bool IsSamePerson(PersonId other) => this == other || (Key == other.Key && Value.Split(':')[0] == other.Value.Split(':')[0]);

    public bool IsHuman => this != Agent && this != Monitor && this != System;

    public static PersonId From(string value) => new(value);

    /// <summary>As people say it: "olga", without the channel.</summary>
    public override string ToString() => Name;
}

[JsonConverter(typeof(IdentityConverter<CampaignId>))]
public readonly record struct CampaignId(string Value) : IIdentity<CampaignId>
{
    public static CampaignId New() => new(Guid.CreateVersion7().ToString("N"));

    public static CampaignId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentityConverter<DraftId>))]
public readonly record struct DraftId(string Value) : IIdentity<DraftId>
{
    public static DraftId New() => new(Guid.CreateVersion7().ToString("N"));

    public static DraftId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentityConverter<IncidentId>))]
public readonly record struct IncidentId(string Value) : IIdentity<IncidentId>
{
    public static IncidentId New() => new(Guid.CreateVersion7().ToString("N"));

    public static IncidentId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentityConverter<ApprovalId>))]
public readonly record struct ApprovalId(string Value) : IIdentity<ApprovalId>
{
    public static ApprovalId New() => new(Guid.CreateVersion7().ToString("N"));

    public static ApprovalId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>The SHA-256 of some bytes or of a canonical text, as 64 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(IdentityConverter<Digest>))]
public readonly record struct Digest(string Value) : IIdentity<Digest>
{
    public static Digest From(string value) => new(value);

    public static Digest Of(ReadOnlySpan<byte> bytes) =>
        new(Convert.ToHexStringLower(global::System.Security.Cryptography.SHA256.HashData(bytes)));

    public static Digest Of(string text) => Of(global::System.Text.Encoding.UTF8.GetBytes(text));

    public override string ToString() => Value;
}

internal sealed class IdentityConverter<TIdentity> : JsonConverter<TIdentity> where TIdentity : struct, IIdentity<TIdentity>
{
    public override TIdentity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TIdentity.From(reader.GetString() ?? throw new JsonException($"{typeof(TIdentity).Name} is missing."));

    public override void Write(Utf8JsonWriter writer, TIdentity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    public override TIdentity ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TIdentity.From(reader.GetString() ?? "");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TIdentity value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
