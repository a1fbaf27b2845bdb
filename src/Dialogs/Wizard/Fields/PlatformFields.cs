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

        var named = context.Networks
            .SelectMany(profile => profile.Aliases.Select(alias => (profile, alias)))
            .OrderByDescending(known => known.alias.Length)
            .Select(known => (known.profile, match: Mention(known.alias, context).Match(text)))
            .FirstOrDefault(known => known.match.Success);
        if (named.profile is not null)
            return Found.Right(named.match, draft => With(draft, named.profile));

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

    /// <summary>Short names ("x", "ig") only count after "on" or alone, since they are words of their own.</summary>
    private static Regex Mention(string alias, FieldContext context)
    {
        var word = Regex.Escape(alias);
        return Finding.Pattern(alias.Length > 2 ? $@"(?:\bon\s+)?(?<![\w.]){word}(?!\w)(?:\s+ads?\b)?" : context.Own ? $@"(?:\bon\s+)?(?<![\w.])(?<!/){word}(?![\w/])" : $@"\bon\s+{word}(?!\w)");
    }

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
