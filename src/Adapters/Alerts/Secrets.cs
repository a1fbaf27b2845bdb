using System.Text;

namespace ChatOpsCampaigns.Adapters.Alerts;

/// <summary>What a server says goes to people, the log and the database: a secret that it says back is taken out.</summary>
internal static class Secrets
{
    private const string Hidden = "…";

    /// <param name="user">Whose secret it is, where it is sent together with a name.</param>
    public static string Hide(string text, string? secret, string user = "")
    {
        if (secret is not { Length: > 0 })
            return text;

        return new[] { secret, Base64($"\0{user}\0{secret}"), Base64(secret), Uri.EscapeDataString(secret) }
            .Aggregate(text, (said, form) => said.Replace(form, Hidden, StringComparison.Ordinal));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
