using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed;

/// <summary>The button below something that was done: it takes back exactly that, or says why not.</summary>
public static class UndoOffer
{
    /// <summary>What the key of a command ends with that is one act with the command before it: an ad that takes another's place.</summary>
    public const string Next = "/next";

    private const int Length = 10;

    public static FeedOffer Of(string handle, CommandKey act) => new("Undo", $"undo act {handle} {NameOf(act)}");

    /// <summary>A pause is not undone: whether the campaign runs again is judged anew.</summary>
    public static FeedOffer Resume(string handle) => new("Resume", $"resume {handle}");

    /// <summary>Short enough to be typed, and the same for all commands of one act.</summary>
    public static string NameOf(CommandKey key) =>
        Digest.Of(key.Value.EndsWith(Next, StringComparison.Ordinal) ? key.Value[..^Next.Length] : key.Value).Value[..Length];
}
