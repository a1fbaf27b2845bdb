using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Kit.Teams;

/// <summary>An authority of the tests' own: keys, what it says of them, and tokens that it signs, also such as nobody should believe.</summary>
public sealed class TeamsKeys : IDisposable
{
    public const string Issuer = "https://api.botframework.com";

    /// <summary>Of whom a key is, and its name: each is made once for all tests, for that takes a third of a second.</summary>
    private static readonly ConcurrentDictionary<(string, string), Lazy<RSAParameters>> Made = new();

    private readonly Dictionary<string, (RSA Key, string[]? Endorsements)> _keys = [];
    private readonly string _owner;

    public TeamsKeys() : this("authority") => Add("k1", ["msteams"]);

    private TeamsKeys(string owner) => _owner = owner;

    /// <summary>Those of Entra, which signs people in: others than the Connector's, under the same name.</summary>
    public static TeamsKeys OfEntra()
    {
        var keys = new TeamsKeys("entra");
        keys.Add("k1", null);
        return keys;
    }

    /// <summary>The key that good tokens are signed with.</summary>
    public string Current { get; set; } = "k1";

    public void Add(string id, string[]? endorsements) => _keys[id] = (RSA.Create(Made.GetOrAdd((_owner, id), _ => new Lazy<RSAParameters>(New)).Value), endorsements);

    public void Remove(string id)
    {
        _keys[id].Key.Dispose();
        _keys.Remove(id);
    }

    public JsonObject Published => new()
    {
        ["keys"] = new JsonArray([.. _keys.Select(key =>
        {
            var said = key.Value.Key.ExportParameters(false);
            var one = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = key.Key, ["n"] = Url(said.Modulus!), ["e"] = Url(said.Exponent!) };
            if (key.Value.Endorsements is { } endorsements)
                one["endorsements"] = new JsonArray([.. endorsements.Select(name => JsonValue.Create(name))]);

            return (JsonNode)one;
        })]),
    };

    /// <summary>What a good token says, to be changed by a test.</summary>
    public static JsonObject Claims(string audience, string? service, DateTimeOffset now)
    {
        var claims = new JsonObject
        {
            ["iss"] = Issuer, ["aud"] = audience, ["nbf"] = now.AddMinutes(-5).ToUnixTimeSeconds(), ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        };
        if (service is not null)
            claims["serviceurl"] = service;

        return claims;
    }

    /// <summary>What a good token says that Teams gives a page for somebody, to be changed by a test.</summary>
    public static JsonObject SignIn(string audience, string tenant, string person, DateTimeOffset now) => new()
    {
        ["iss"] = $"https://login.microsoftonline.com/{tenant}/v2.0", ["aud"] = audience, ["tid"] = tenant, ["oid"] = person, ["scp"] = "access_as_user", ["ver"] = "2.0",
        ["nbf"] = now.AddMinutes(-5).ToUnixTimeSeconds(), ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
    };

    /// <param name="algorithm">RS256, RS384, RS512; <c>none</c>; or HS256, whose secret is then what everybody knows.</param>
    public string Sign(JsonObject claims, string? key = null, string algorithm = "RS256", bool keyless = false)
    {
        var id = key ?? Current;
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm };
        if (!keyless)
            header["kid"] = id;

        var signed = $"{Url(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Url(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}.{algorithm switch
        {
            "none" => "",
            "HS256" => Url(HMACSHA256.HashData(_keys[id].Key.ExportSubjectPublicKeyInfo(), bytes)),
            "RS384" => Url(_keys[id].Key.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)),
            "RS512" => Url(_keys[id].Key.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
            _ => Url(_keys[id].Key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        }}";
    }

    /// <summary>Signed by a key of that name which is not the authority's.</summary>
    public static string Forge(JsonObject claims, string id)
    {
        using var forger = new TeamsKeys("forger");
        forger.Add(id, ["msteams"]);
        return forger.Sign(claims, id);
    }

    public void Dispose()
    {
        foreach (var (key, _) in _keys.Values)
            key.Dispose();
    }

    private static RSAParameters New()
    {
        using var key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
