namespace ChatOpsCampaigns.Bot.Start;

/// <summary>Options that are promised and change nothing yet: whoever sets one is told so at start, and what serves instead.</summary>
internal static class UnbuiltOptions
{
    /// <summary>A name that ends in a colon is a whole section.</summary>
    public static readonly IReadOnlyList<(string Name, string Says)> All =
    [
        ("Safety:StaleAfter", "it is not built yet; figures are stale by each network's usual age"),
        ("LanguageModel:", "language models are not built yet; the chat reads what you say by its own rules"),
    ];

    private const string ForLive = "live networks are not built yet; simulated ones are asked";

    /// <summary>One line for each option that is set; values are never repeated.</summary>
    public static IEnumerable<string> Lines(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(one => one.Value is { Length: > 0 })
        .Select(one => (one.Key, Unbuilt: NetworkOptions.IsForLive(one.Key) ? ForLive : All.FirstOrDefault(known => IsMeant(known.Name, one.Key)).Says))
        .Where(one => one.Unbuilt is not null)
        .OrderBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => $"{one.Key} is set, but {one.Unbuilt}.");

    private static bool IsMeant(string known, string key) =>
        key.Equals(known, StringComparison.OrdinalIgnoreCase) || key.StartsWith($"{known.TrimEnd(':')}:", StringComparison.OrdinalIgnoreCase);
}
