using System.Collections.Frozen;
using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns.Law;

namespace ChatOpsCampaigns.Dialogs.Language;

/// <summary>Countries by name and ISO 3166 code, from the framework's own table and what people say instead.</summary>
public static class Countries
{
    /// <summary>Groups are never filled in silently: each member costs money.</summary>
    private static readonly FrozenDictionary<string, string> Groups = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["eu"] = string.Join(", ", EuropeanUnion.Members),
        ["european union"] = "the 27 countries by name",
        ["europe"] = "the countries by name, for example DE, FR, GB",
        ["dach"] = "DE, AT, CH",
        ["everywhere"] = "the countries by name, for example US, CA, GB",
        ["worldwide"] = "the countries by name, for example US, CA, GB",
        ["global"] = "the countries by name, for example US, CA, GB",
        ["anywhere"] = "the countries by name, for example US, CA, GB",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> ByName = Build();
    private static readonly FrozenDictionary<string, string> Names = ByCode();

    /// <summary>The longest names first, so that "South Korea" is not read as "Korea".</summary>
    public static IReadOnlyList<string> KnownNames { get; } = [.. ByName.Keys.Where(name => name.Length > 2).OrderByDescending(name => name.Length)];

    public static IEnumerable<string> KnownGroups => Groups.Keys.OrderByDescending(name => name.Length);

    public static string? FindCode(string word) => ByName.GetValueOrDefault(word.Trim().TrimEnd('.'));

    public static string NameOf(string code) => Names.GetValueOrDefault(code, code);

    public static string? ProblemOf(string code) => Sanctions.Reach(code)
        ? $"{NameOf(code)} is under sanctions; no network delivers there. Leave it out."
        : null;

    public static string? GroupProblem(string group) => Groups.TryGetValue(group, out var members)
        ? $"\"{group}\" is many countries at once; say which, for example: {members}."
        : null;

    /// <summary>The country that a misspelt word is nearest to, or null when none is near.</summary>
    public static string? Nearest(string word)
    {
        if (word.Length < 4)
            return null;

        var nearest = KnownNames
            .Select(name => (Name: name, Distance: EditDistance.Between(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .MinBy(candidate => candidate.Distance);
        return nearest.Distance <= Math.Max(1, word.Length / 4) ? ByName[nearest.Name] : null;
    }

    /// <summary>By culture and not by code: some codes stand for no specific culture and would throw. Pseudo-languages are left out.</summary>
    private static IEnumerable<RegionInfo> Regions() => CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Where(culture => culture.Name.Split('-')[^1] is { Length: 2 } code && code.All(char.IsAsciiLetterUpper) && code is not ("XA" or "XB"))
        .Select(culture => new RegionInfo(culture.Name))
        .DistinctBy(region => region.TwoLetterISORegionName);

    private static FrozenDictionary<string, string> Build()
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var region in Regions())
        {
            names[region.TwoLetterISORegionName] = region.TwoLetterISORegionName;
            names[region.EnglishName] = region.TwoLetterISORegionName;
        }

        foreach (var (said, code) in ((string, string)[])[
            ("UK", "GB"), ("USA", "US"), ("U.S", "US"), ("U.S.A", "US"), ("America", "US"), ("the States", "US"), ("United States of America", "US"),
            ("Britain", "GB"), ("Great Britain", "GB"), ("England", "GB"), ("Holland", "NL"), ("Korea", "KR"), ("South Korea", "KR"),
            ("Czech Republic", "CZ"), ("Turkey", "TR"), ("UAE", "AE"), ("Emirates", "AE"), ("Russia", "RU"), ("Vietnam", "VN"), ("Taiwan", "TW"),
            ("Hong Kong", "HK"), ("North Korea", "KP"), ("Iran", "IR"), ("Syria", "SY"), ("Cuba", "CU")])
        {
            names[said] = code;
        }

        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static FrozenDictionary<string, string> ByCode() => Regions()
        .GroupBy(region => region.TwoLetterISORegionName)
        .ToFrozenDictionary(group => group.Key, group => group.First().EnglishName);
}
