using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Persistence.Audit;

/// <summary>The keyed hash of an entry, over all that it holds and the hash before it.</summary>
internal static class AuditHash
{
    private const int SaltBytes = 16;
    private const string Salt = "Salt";

    public static string Of(AuditRow row, AuditKey key)
    {
        var text = $"{row.Number}\n{row.At.ToUnixTimeMilliseconds()}\n{row.Workspace}\n{row.AdAccount}\n{row.Person}\n{row.Campaign}\n{row.PreviousHash}\n{row.Body}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>
    /// A body with something made by chance in it, in the place of what another had: once that is gone, nobody can find out by trying what the hash
    /// that stays was made of. Entries of earlier versions have none.
    /// </summary>
    public static string Salted(string body)
    {
        var salted = JsonNode.Parse(body)!.AsObject();
        salted[Salt] = RandomNumberGenerator.GetHexString(SaltBytes * 2, lowercase: true);
        return salted.ToJsonString();
    }
}
