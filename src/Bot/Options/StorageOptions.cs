using System.Security.Cryptography;
using ChatOpsCampaigns.Adapters.Chat.Teams.Files;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>Storage</c>: where a chat fetches pictures from.</summary>
internal sealed record StorageOptions(Uri? PublicUrl, byte[]? SigningKey)
{
    private const int Bytes = 32;

    /// <exception cref="InvalidOperationException">It cannot be; the message says what would be right and repeats no secret.</exception>
    public static StorageOptions From(IConfiguration configuration)
    {
        var options = new StorageOptions(Address(configuration["Storage:PublicUrl"]), Key(configuration["Storage:SigningKey"]));
        return options.PublicUrl is null || PublicListener.Read(configuration).IsSet
            ? options
            : throw new InvalidOperationException($"Storage:PublicUrl is set, and pictures are served at {PublicListener.Setting}: set it too, such as http://127.0.0.1:4080 behind a proxy with a certificate.");
    }

    /// <summary>Without a key of its own, one that is made of the audit trail's: who knows the one does not know the other.</summary>
    public SignedPictures Pictures(AuditKey audit, TimeProvider machine) =>
        new(PublicUrl, () => SigningKey ?? HMACSHA256.HashData(audit.Value, "addresses of pictures"u8), machine);

    /// <summary>Passes are signed with a key of their own: an address of a picture is none.</summary>
    public UploadPasses Passes(AuditKey audit, TimeProvider machine) =>
        new(PublicUrl, () => HMACSHA256.HashData(SigningKey ?? audit.Value, "passes for uploads"u8), machine);

    private static Uri? Address(string? text) => text switch
    {
        null or "" => null,
        _ when Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Query: "", Fragment: "", UserInfo: "" }
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) => address,
        _ => throw new InvalidOperationException($"Storage:PublicUrl is \"{text}\"; write the https address that leads to {PublicListener.Setting} from outside, such as https://campaigns.example.com."),
    };

    private static byte[]? Key(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        var key = new byte[Bytes];
        return Convert.TryFromBase64String(text, key, out var written) && written == Bytes
            ? key
            : throw new InvalidOperationException("Storage:SigningKey has to be 32 bytes in base64; \"openssl rand -base64 32\" makes one.");
    }
}
