using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Files;

/// <summary>What one person may hand in at the page for files, and until when.</summary>
/// <param name="Place">Where they are told what became of it: the thread that they began in.</param>
/// <param name="Draft">The campaign in the making that the files are for.</param>
internal sealed record UploadPass(PersonId Person, ConversationId Place, DraftId Draft, DateTimeOffset Until);

/// <summary>Links to the page for files: each is for one person and one campaign in the making, is signed, and holds for half an hour. Nothing of it is kept.</summary>
/// <param name="root">Null where nothing of this machine can be reached from outside.</param>
/// <param name="key">What passes are signed with, and nothing else is.</param>
internal sealed class UploadPasses(Uri? root, Func<byte[]> key, TimeProvider machine)
{
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(30);

    private const int Longest = 2000;

    private readonly Lazy<byte[]> _key = new(key);

    /// <summary>Null where nothing can be reached. The pass stands behind the #, which no browser sends along, so that no proxy writes it down.</summary>
    public string? AddressFor(PersonId person, ConversationId place, DraftId draft) =>
        root is null ? null : $"{root.AbsoluteUri.TrimEnd('/')}/upload#{Written(new UploadPass(person, place, draft, machine.GetUtcNow() + Holds))}";

    /// <summary>Null for what is none, was changed, or has ended.</summary>
    public UploadPass? Read(string? text)
    {
        if (text is not { Length: > 0 and < Longest } || text.Split('.') is not [var said, var signature]
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Signature(said)), Encoding.UTF8.GetBytes(signature)))
            return null;

        return JsonSerializer.Deserialize<UploadPass>(Convert.FromHexString(said)) is { } pass && machine.GetUtcNow() <= pass.Until ? pass : null;
    }

    private string Written(UploadPass pass)
    {
        var said = Convert.ToHexStringLower(JsonSerializer.SerializeToUtf8Bytes(pass));
        return $"{said}.{Signature(said)}";
    }

    private string Signature(string said) => Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(said)));
}
