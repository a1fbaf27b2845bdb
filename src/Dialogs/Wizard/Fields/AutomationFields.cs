using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 6: what the agent may do, where it must stop, who is told.</summary>
internal static class AutomationFields
{
    private const string Money = $"(?<money>{MoneyReader.Pattern})";

    private static readonly (string Words, Func<AutomationSettings, AutomationSettings> Off)[] Switches =
    [
        (@"\b(?:no|without|never)\s+bid(?:\s+(?:changes|adjustments?))?\b", settings => settings with { AdjustBids = false }),
        (@"\b(?:no|without|never)\s+budget\s+(?:changes|adjustments?)\b", settings => settings with { AdjustBudgets = false }),
        (@"\b(?:no|without|never)\s+(?:auto\s*)?paus(?:e|ing)\b", settings => settings with { PauseUnderperforming = false }),
        (@"\b(?:no|without|never)\s+scaling\b", settings => settings with { ScalePerforming = false }),
        (@"\b(?:no|without|never)\s+creative\s+tests?(?:ing)?\b", settings => settings with { TestCreatives = false }),
    ];

    public static readonly DraftField Mode = new(
        nameof(CampaignDraft.Automation), "automation", "Automation", FindMode,
        (draft, _) => draft.Automation is { } settings ? settings.Enabled ? $"on, {Finding.Lower(settings.Mode)}{Off(settings)}" : "off (the emergency monitor still watches)" : null)
    {
        Input = new FieldInput("choice", "Mode", value => value)
        {
            Choices = _ => [new Choice("Conservative: steps of 5–10 %", "conservative"), new Choice("Balanced: steps of 10–20 %", "balanced"), new Choice("Aggressive: steps of 20–30 %", "aggressive"), new Choice("No automation", "no automation")],
            Value = draft => draft.Automation is { } settings ? settings.Enabled ? Finding.Lower(settings.Mode) : "no automation" : "balanced",
        },
    };

    public static readonly DraftField MinRoas = new(
        "Automation.MinRoas", "automation", "Min ROAS", FindMinRoas,
        (draft, _) => draft.Automation?.MinRoas is { } roas ? $"{roas.ToString("0.##", CultureInfo.InvariantCulture)}×" : null)
    {
        Input = new FieldInput("text", "2.0 (optional)", value => $"min roas {value}") { Value = draft => draft.Automation?.MinRoas?.ToString("0.##", CultureInfo.InvariantCulture) },
    };

    public static readonly DraftField MaxCpa = new(
        "Automation.MaxCpa", "automation", "Max CPA",
        (text, context) => Finding.Amount(Finding.Pattern($@"\bmax(?:imum)?\s*(?:cpa|cpi|cost per \w+)\s*(?:of|is|at)?\s*{Money}"), text, context, amount => draft => Set(draft, settings => settings with { MaxCpa = amount })),
        (draft, _) => draft.Automation?.MaxCpa?.ToString())
    {
        Input = new FieldInput("text", "18 (optional)", value => $"max cpa {value}") { Value = draft => draft.Automation?.MaxCpa?.Amount.ToString("0.##", CultureInfo.InvariantCulture) },
    };

    public static readonly DraftField Notify = new(
        "Automation.Notify", "automation", "Tell me by", FindNotify, (draft, _) => draft.Automation is { } settings ? Words(settings.Notify) : null)
    {
        Input = new FieldInput("choices", "Alerts", value => $"notify {value.Replace(",", " ", StringComparison.Ordinal)}")
        {
            Choices = _ => [new Choice("E-mail", "email"), new Choice("Chat", "chat"), new Choice("SMS (critical only)", "sms"), new Choice("Push", "push")],
            Value = draft => Words(draft.Automation?.Notify ?? new AutomationSettings().Notify).Replace(" ", "", StringComparison.Ordinal),
        },
    };

    public static readonly DraftField Switched = new("Automation.Switches", "automation", "Switches", FindSwitch, (_, _) => null);

    private static CampaignDraft Set(CampaignDraft draft, Func<AutomationSettings, AutomationSettings> change) =>
        draft with { Automation = change(draft.Automation ?? new AutomationSettings()) };

    private static Found? FindMode(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\b(?:no|without)\s+(?:automation|ai|agent)\b|\bautomation\s+off\b|\bmanual(?:ly)?\b").Match(text) is { Success: true } off)
            return Found.Right(off, draft => Set(draft, settings => settings with { Enabled = false }));

        return Finding.Pattern(@"\b(?<mode>conservative|balanced|aggressive)(?:ly)?\b(?:\s+mode)?").Match(text) is { Success: true } match
            ? Found.Right(match, draft => Set(draft, settings => settings with { Enabled = true, Mode = Enum.Parse<OptimisationMode>(match.Groups["mode"].Value, ignoreCase: true) }))
            : null;
    }

    private static Found? FindMinRoas(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\bmin(?:imum)?\s*roas\s*(?:of|is)?\s*x?(?<number>\d{1,3}(?:[.,]\d{1,2})?)\s*x?(?!\d)").Match(text) is not { Success: true } match)
            return null;

        var floor = decimal.Parse(match.Groups["number"].Value.Replace(',', '.'), CultureInfo.InvariantCulture);
        return floor is <= 0 or > 100
            ? Found.Wrong(match, "A minimum ROAS is between 0.1 and 100, for example 2.0.")
            : Found.Right(match, draft => Set(draft, settings => settings with { MinRoas = floor }));
    }

    private static Found? FindNotify(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\b(?:notify|alert|tell)(?:\s+me)?(?:\s+(?:by|via|on|with))?\s+(?<list>(?:(?:e-?mail|chat|slack|sms|text|push|and|,|&)\s*)+)").Match(text) is not { Success: true } match)
            return null;

        var channels = AlertChannels.None;
        foreach (Match word in Finding.Pattern("e-?mail|chat|slack|sms|text|push").Matches(match.Groups["list"].Value))
        {
            channels |= word.Value.ToLowerInvariant() switch
            {
                "chat" or "slack" => AlertChannels.Chat,
                "sms" or "text" => AlertChannels.Sms,
                "push" => AlertChannels.Push,
                _ => AlertChannels.Email,
            };
        }

        return channels == AlertChannels.None ? null : Found.Right(match, draft => Set(draft, settings => settings with { Notify = channels }));
    }

    private static Found? FindSwitch(string text, FieldContext context)
    {
        foreach (var (words, off) in Switches)
        {
            if (Finding.Pattern(words).Match(text) is { Success: true } match)
                return Found.Right(match, draft => Set(draft, off));
        }

        return null;
    }

    private static string Off(AutomationSettings settings)
    {
        var off = new List<string>();
        if (!settings.AdjustBids)
            off.Add("bids");
        if (!settings.AdjustBudgets)
            off.Add("budgets");
        if (!settings.PauseUnderperforming)
            off.Add("pausing");
        if (!settings.ScalePerforming)
            off.Add("scaling");
        if (!settings.TestCreatives)
            off.Add("creative tests");

        return off.Count == 0 ? "" : $", without {string.Join(", ", off)}";
    }

    private static string Words(AlertChannels channels) =>
        string.Join(", ", Enum.GetValues<AlertChannels>().Where(one => one != AlertChannels.None && channels.HasFlag(one)).Select(Finding.Lower));
}
