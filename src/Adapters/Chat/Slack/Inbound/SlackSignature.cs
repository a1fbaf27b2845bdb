using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>
/// Slack signs every request over HTTP: <c>v0=</c> and the lower-case hex HMAC-SHA256 of <c>v0:timestamp:body</c> under the signing secret.
/// Source: "Verifying requests from Slack".
/// </summary>
internal static class SlackSignature
{
    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    public const string SignatureHeader = "X-Slack-Signature";

    /// <summary>How far the stamp may be from our clock, either side: what is older is a replay.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <param name="body">The bytes as they came, before anything read them.</param>
    /// <param name="now">Machine time.</param>
    public static bool IsGenuine(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (secret.Length == 0 || signature is null || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;

        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > Window.TotalSeconds)
            return false;

        var expected = Encoding.ASCII.GetBytes(Sign(secret, seconds, body));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
    }

    public static string Sign(string secret, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"v0:{timestamp}:")));
        hash.AppendData(body);
        return $"v0={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
