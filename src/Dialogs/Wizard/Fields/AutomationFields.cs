using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Wizard.Fields.Inputs;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 6: what the agent may do, where it must stop, who is told.</summary>
internal static class AutomationFields
{
    private const string Money = $"(?<money>{MoneyReader.Pattern})";

    public static readonly DraftField Mode = new(
        nameof(CampaignDraft.Automation), "automation", "Automation", FindMode,
        (draft, _) => draft.Automation is { } settings ? settings.Enabled ? $"on, {Finding.Lower(settings.Mode)}{(draft.ModeSaid ? "" : " (not chosen yet)")}" : "off (the emergency monitor still watches)" : null)
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
        (text, context) => Finding.Amount(Finding.Pattern($@"\bmax(?:imum)?\s*(?:cpa|cpi|cost per \w+)\s*(?:of|is|at)?\s*{Money}|{Money}\s*max(?:imum)?\s*(?:cpa|cpi)\b"), text, context, amount => draft => Set(draft, settings => settings with { MaxCpa = amount })),
        (draft, _) => draft.Automation?.MaxCpa?.ToString())
    {
        Input = new FieldInput("text", "18 (optional)", value => $"max cpa {value}") { Value = draft => draft.Automation?.MaxCpa?.Amount.ToString("0.##", CultureInfo.InvariantCulture) },
    };

    public static readonly DraftField Notify = new(
        "Automation.Notify", "automation", "Tell me by", FindNotify, (draft, _) => draft.Automation is { } settings ? Words(settings.Notify) : null)
    {
        Input = new FieldInput("choices", "Alerts", value => value.Length == 0 ? "" : $"notify {value.Replace(",", " ", StringComparison.Ordinal)}")
        {
            Choices = context =>
            [
                Offered("E-mail", "email", AlertChannels.Email, context), Offered("Chat", "chat", AlertChannels.Chat, context),
                Offered("SMS (critical only)", "sms", AlertChannels.Sms, context), Offered("Push", "push", AlertChannels.Push, context),
            ],
            ValueHere = context => Words(context.Draft.Automation?.Notify ?? context.Told).Replace(" ", "", StringComparison.Ordinal),
        },
    };

    /// <summary>The five things that the agent may do, each on or off: all from the card, or one by one as people say it.</summary>
    public static readonly DraftField Switches = new(
        "Automation.Switches", "automation", "The agent may", FindSwitches, (draft, _) => draft.Automation is { Enabled: true } settings ? AgentSwitches.Words(settings) : null)
    {
        AddsUp = true,
        Input = new FieldInput("choices", "What the agent may do", value => value.Length == 0 ? "agent may nothing" : $"agent may {value.Replace(",", " and ", StringComparison.Ordinal)}")
        {
            Choices = _ => [.. AgentSwitches.All.Select(one => new Choice(one.Title, one.Word))],
            Value = draft => string.Join(',', AgentSwitches.On(draft.Automation ?? new AutomationSettings()).Select(one => one.Word)),
        },
    };

    private static Choice Offered(string title, string value, AlertChannels channel, FieldContext context) =>
        new(context.SetUp.HasFlag(channel) ? title : $"{title} – not set up here", value);

    private static CampaignDraft Set(CampaignDraft draft, Func<AutomationSettings, AutomationSettings> change) =>
        draft with { Automation = change(draft.Automation ?? new AutomationSettings()) };

    /// <summary>The mode is what step 6 asks; a limit or a switch alone leaves it open.</summary>
    private static CampaignDraft Chosen(CampaignDraft draft, Func<AutomationSettings, AutomationSettings> change) => Set(draft, change) with { ModeSaid = true };

    private static Found? FindMode(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\b(?:no|without)\s+(?:automation|ai|agent)\b|\bautomation\s+off\b|\bmanual(?:ly)?\b").Match(text) is { Success: true } off)
            return Found.Right(off, draft => Chosen(draft, settings => settings with { Enabled = false }));

        return Finding.Pattern(@"\b(?<mode>conservative|balanced|aggressive)(?:ly)?\b(?:\s+mode)?").Match(text) is { Success: true } match
            ? Found.Right(match, draft => Chosen(draft, settings => settings with { Enabled = true, Mode = Enum.Parse<OptimisationMode>(match.Groups["mode"].Value, ignoreCase: true) }))
            : null;
    }

    private static Found? FindMinRoas(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\bmin(?:imum)?\s*roas\s*(?:of|is)?\s*x?(?<number>-?\d{1,3}(?:[.,]\d{1,2})?)\s*x?(?!\d)").Match(text) is not { Success: true } match)
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

    private static Found? FindSwitches(string text, FieldContext context)
    {
        if (Finding.Pattern($@"\bagent may\s+(?<list>nothing|(?:(?:only|and|,|{AgentSwitches.Pattern})\s*)+)").Match(text) is { Success: true } match)
        {
            var named = Finding.Pattern(AgentSwitches.Pattern).Matches(match.Groups["list"].Value).Select(word => AgentSwitches.Get(word.Value)).ToHashSet();
            return Found.Right(match, draft => Set(draft, settings => AgentSwitches.All.Aggregate(settings, (now, one) => one.Set(now, named.Contains(one)))));
        }

        return Finding.Pattern($@"\b(?:(?<off>no|without|never)|with|allow)\s+(?<word>{AgentSwitches.Pattern})|\b(?<word>{AgentSwitches.Pattern})\s+(?:on|(?<off>off))\b").Match(text) is { Success: true } single
            ? Found.Right(single, draft => Set(draft, settings => AgentSwitches.Get(single.Groups["word"].Value).Set(settings, !single.Groups["off"].Success)))
            : null;
    }

    private static string Words(AlertChannels channels) =>
        string.Join(", ", Enum.GetValues<AlertChannels>().Where(one => one != AlertChannels.None && channels.HasFlag(one)).Select(Finding.Lower));
}
