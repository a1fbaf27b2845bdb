using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 1: the ad network, by name, alias or number.</summary>
internal static class PlatformFields
{
    public static readonly DraftField Network = new(
        nameof(CampaignDraft.Network), "platform", "Network", Find, (draft, context) => draft.Network is null ? null : context.Profile?.Title)
    {
        Input = new FieldInput("choice", "Choose a network", value => value)
        {
            Choices = context => [.. context.Networks.Select(profile => new Choice($"{profile.Title} – {profile.BestFor}", profile.Aliases[0]))],
            ValueHere = context => context.Profile?.Aliases[0],
        },
    };

    private static Found? Find(string text, FieldContext context)
    {
        if (Refused(text, context) is { } refused)
            return refused;

        if (Named(text, context, Said) is { } said)
            return said;

        if (context is { Sentence: true, Draft.Network: not null } && Named(text, context, Beside) is { } second)
            return second;

        // Beside "on facebook" other names of a sentence are what is advertised ("my unity game"); elsewhere a bare name is an answer of its own.
        var bare = context.Own || (context.Sentence ? context.Draft.Network is null : Alone(text, context));
        if (bare && Named(text, context, alias => Bare(alias, context)) is { } named)
            return named;

        if (!context.Own || Finding.Pattern(@"^\s*#?(?<number>\d{1,2})\s*$").Match(text) is not { Success: true } number)
            return null;

        var chosen = int.Parse(number.Groups["number"].Value, CultureInfo.InvariantCulture);
        return chosen >= 1 && chosen <= context.Networks.Count
            ? Found.Right(number, draft => With(draft, context.Networks[chosen - 1]))
            : Found.Wrong(number, $"There is no network {chosen}; say 1 to {context.Networks.Count} or a name.");
    }

    /// <summary>Another network means another account, and what was prepared for the first one is looked at again.</summary>
    private static CampaignDraft With(CampaignDraft draft, NetworkProfile profile) => draft.Network == profile.Name
        ? draft
        : draft with { Network = profile.Name, Account = null, CreativesDone = draft.CreativesDone || !profile.TakesCreatives };

    private static Found? Named(string text, FieldContext context, Func<string, Regex> mention) => context.Networks
        .SelectMany(profile => profile.Aliases.Select(alias => (profile, alias)))
        .OrderByDescending(known => known.alias.Length)
        .Select(known => (known.profile, match: mention(known.alias).Match(text)))
        .Where(known => known.match.Success)
        .Select(known => Found.Right(known.match, draft => With(draft, known.profile)))
        .FirstOrDefault();

    private static Regex Said(string alias) => Finding.Pattern($@"\b(?:on|network)\s+{Regex.Escape(alias)}(?!\w)(?!\s+(?:play|users?)\b)(?:\s+ads?\b)?");

    /// <summary>"on tiktok and facebook": joined to one that was understood, it is a second answer.</summary>
    private static Regex Beside(string alias)
    {
        const string Joined = @"\s*(?:,|&|\+|/|\band\b|\bor\b)+\s*";
        var name = $@"{Regex.Escape(alias)}(?![\w/])(?!\s+(?:play|users?|store|game)\b)";
        return Finding.Pattern($@"(?<=\u0001{Joined}(?:on\s+)?){name}|(?<![\w./]){name}(?={Joined}\u0001)");
    }

    /// <summary>Short names ("x", "ig") only count where the network is asked for, since they are words of their own; stores and their users are no networks.</summary>
    private static Regex Bare(string alias, FieldContext context) => alias.Length > 2 || context.Own
        ? Finding.Pattern($@"(?<![\w./]){Regex.Escape(alias)}(?![\w/])(?!\s+(?:play|users?|store|game)\b)(?:\s+ads?\b)?")
        : Said(alias);

    private static bool Alone(string text, FieldContext context) =>
        context.Networks.SelectMany(profile => profile.Aliases).Any(alias => alias.Equals(text.Trim().TrimEnd('.', '!'), StringComparison.OrdinalIgnoreCase));

    private static Found? Refused(string text, FieldContext context)
    {
        foreach (var (word, says) in context.Networks.SelectMany(profile => profile.RefusedWords))
        {
            if (Finding.Pattern($@"(?<!\w){Regex.Escape(word)}(?!\w)").Match(text) is { Success: true } match)
                return Found.Wrong(match, says);
        }

        return null;
    }
}
