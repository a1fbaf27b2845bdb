using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>Addresses under which a chat fetches one picture of the store without a session: each is signed, and holds for a week.</summary>
/// <param name="root">Null where nothing of this machine can be reached from outside.</param>
/// <param name="key">What addresses are signed with; asked for when the first one is made.</param>
internal sealed class SignedPictures(Uri? root, Func<byte[]> key, TimeProvider machine)
{
    private const string InCards = "/media/";

    private static readonly TimeSpan Holds = TimeSpan.FromDays(7);

    private readonly Lazy<byte[]> _key = new(key);

    /// <summary>For what a card names as <c>/media/…</c>; null for everything else, and where nothing can be reached.</summary>
    /// <param name="holds">How long it can be fetched; null for as long as pictures can.</param>
    public string? AddressOf(string inCard, TimeSpan? holds = null)
    {
        if (root is null || !inCard.StartsWith(InCards, StringComparison.Ordinal))
            return null;

        var file = inCard[InCards.Length..].Split('/')[0];
        var until = (machine.GetUtcNow() + (holds ?? Holds)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{root.AbsoluteUri.TrimEnd('/')}/media/{file}/signed?until={until}&signature={Signature(file, until)}";
    }

    public bool IsGenuine(Digest file, string? until, string? signature) =>
        root is not null
        && until is not null && signature is not null
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && machine.GetUtcNow().ToUnixTimeSeconds() <= end
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Signature(file.Value, until)));

    private string Signature(string file, string until) => Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.ASCII.GetBytes($"{file}\n{until}")));
}
