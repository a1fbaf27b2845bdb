using System.Globalization;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Tuning;

/// <summary>The settings that can be changed after the launch, each with what would be wrong; the same limits as while a campaign is made. Pure.</summary>
public static class CampaignSettings
{
    public static readonly IReadOnlyList<string> SwitchWords = ["bids", "budgets", "pausing", "scaling", "tests"];

    private const string None = "none";

    public static SettingReading Cap(Campaign campaign, Money to)
    {
        var from = campaign.Spec.Budget.MaxDailySpend;
        if (to.Currency != from.Currency || to.Amount <= 0)
            return SettingReading.Wrong($"A cap is an amount above 0 in {from.Currency}; it is {from} a day now.");

        return new SettingChange("cap", $"{from}", $"{to}", now => now with
        {
            Spec = now.Spec with { Budget = now.Spec.Budget with { MaxDailySpend = to } },
            CapForToday = now.CapForToday is { } lifted && lifted.Cap > to && to < from ? null : now.CapForToday,
        })
        {
            Loosens = to > from,
            Cap = (from, to),
        };
    }

    public static SettingReading Mode(Campaign campaign, string word)
    {
        var modes = Enum.GetValues<OptimisationMode>();
        if (!Enum.TryParse<OptimisationMode>(word, ignoreCase: true, out var to) || !modes.Contains(to) || word.Any(char.IsDigit))
            return SettingReading.Wrong($"\"{word}\" is no mode; say conservative (steps of 5–10 %), balanced (10–20 %) or aggressive (20–30 %).");

        var from = campaign.Spec.Automation.Mode;
        return new SettingChange("mode", Lower(from), Lower(to), Automation(settings => settings with { Mode = to })) { Loosens = to > from, IsLimit = true };
    }

    /// <summary>What a result may cost; of a campaign that bids for a ROAS, that.</summary>
    public static SettingReading TargetCost(Campaign campaign, Money to)
    {
        var (bidding, currency) = (campaign.Spec.Bidding, campaign.DailyBudget.Currency);
        if (to.Currency != currency || to.Amount <= 0)
            return SettingReading.Wrong($"A target is an amount above 0 in {currency}; it is {Or(bidding.TargetCpa)} now.");

        if (campaign.Spec.Automation.MaxCpa is { } most && to >= most)
            return SettingReading.Wrong(LimitsLeaveRoom.CostSays(to, most, ResultWord.Of(campaign)));

        return new SettingChange("target", Or(bidding.TargetCpa), $"{to}", now => now with { Spec = now.Spec with { Bidding = now.Spec.Bidding with { TargetCpa = to } } })
        {
            IsWatched = true,
            IsLimit = true,
            Was = bidding.TargetCpa,
            Becomes = to,
            Loosens = bidding.TargetCpa is { } from && to > from,
            Note = bidding.MaxBid is { } bid && bid < to ? $"The max bid of {bid} is below it: no bid ever passes that, so it may hardly deliver." : "",
        };
    }

    public static SettingReading TargetRoas(Campaign campaign, string word)
    {
        if (Ratio(word) is not { } to)
            return SettingReading.Wrong($"{campaign.Name} bids for a ROAS: its target is between 0.1 and 100, for example 3.0; it is {Times(campaign.Spec.Bidding.TargetRoas)} now.");

        if (campaign.Spec.Automation.MinRoas is { } floor && floor >= to)
            return SettingReading.Wrong(LimitsLeaveRoom.RoasSays(to, floor));

        var from = campaign.Spec.Bidding.TargetRoas;
        return new SettingChange("target", Times(from), Times(to), now => now with { Spec = now.Spec with { Bidding = now.Spec.Bidding with { TargetRoas = to } } })
        {
            Loosens = from is { } known && to < known,
            Note = "The agent goes by it; its network keeps the ROAS that it was launched with.",
        };
    }

    public static SettingReading MinRoas(Campaign campaign, string word)
    {
        var off = IsOff(word);
        var to = off ? null : Ratio(word);
        if (!off && to is null)
            return SettingReading.Wrong($"A minimum ROAS is between 0.1 and 100, for example 2.0, or off; it is {Times(campaign.Spec.Automation.MinRoas)} now.");

        if (to is { } floor && campaign.Spec.Bidding.TargetRoas is { } wanted && floor >= wanted)
            return SettingReading.Wrong(LimitsLeaveRoom.RoasSays(wanted, floor));

        var from = campaign.Spec.Automation.MinRoas;
        return new SettingChange("min ROAS", Times(from), Times(to), Automation(settings => settings with { MinRoas = to }))
        {
            IsWatched = true,
            IsLimit = true,
            Loosens = from is { } known && !(to >= known),
        };
    }

    /// <param name="to">Null takes the limit away.</param>
    public static SettingReading MaxCpa(Campaign campaign, Money? to)
    {
        var (from, currency) = (campaign.Spec.Automation.MaxCpa, campaign.DailyBudget.Currency);
        if (to is { } amount && (amount.Currency != currency || amount.Amount <= 0))
            return SettingReading.Wrong($"A max CPA is an amount above 0 in {currency}, or off; it is {Or(from)} now.");

        if (to is { } most && campaign.Spec.Bidding.TargetCpa is { } target && target >= most)
            return SettingReading.Wrong(LimitsLeaveRoom.CostSays(target, most, ResultWord.Of(campaign)));

        return new SettingChange("max CPA", Or(from), Or(to), Automation(settings => settings with { MaxCpa = to }))
        {
            IsWatched = true,
            Was = from,
            Becomes = to,
            IsLimit = true,
            Loosens = from is { } known && (to is not { } left || left > known),
        };
    }

    /// <summary>The share of the spend that somebody takes beside it: "10%", or "off" where nobody knows.</summary>
    public static SettingReading Fee(Campaign campaign, string said)
    {
        decimal? to = null;
        if (!IsOff(said) && said != None)
        {
            if (!decimal.TryParse(said.Replace("%", "", StringComparison.Ordinal).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) || percent > 100)
                return SettingReading.Wrong($"A fee is a share of the spend from 0% to 100%, or off: \"set fee {campaign.Handle} 10%\".");

            to = percent / 100;
        }

        return new SettingChange("fee", Or(campaign.Spec.Costs?.Fee), Or(to), Costs(costs => costs with { Fee = to }));

        static string Or(decimal? share) => share is { } known ? OtherCosts.Percent(known) : None;
    }

    public static SettingReading CreativeCost(Campaign campaign, Money? to)
    {
        var currency = campaign.DailyBudget.Currency;
        return to is { } amount && (amount.Currency != currency || amount.Amount < 0)
            ? SettingReading.Wrong($"What creatives cost is an amount in {currency}, 0, or off.")
            : new SettingChange("creative cost", Or(campaign.Spec.Costs?.Creatives), Or(to), Costs(costs => costs with { Creatives = to })) { Was = campaign.Spec.Costs?.Creatives };
    }

    private static Func<Campaign, Campaign> Costs(Func<OtherCosts, OtherCosts> change) => campaign => campaign with { Spec = campaign.Spec with { Costs = change(campaign.Spec.Costs ?? new OtherCosts(null, null)) } };

    public static SettingReading Switch(Campaign campaign, string which, string word)
    {
        if (word.ToLowerInvariant() is not ("on" or "off"))
            return SettingReading.Wrong($"Say on or off: \"set {which} {campaign.Handle} off\".");

        var on = word.Equals("on", StringComparison.OrdinalIgnoreCase);
        var (was, change) = which switch
        {
            "bids" => (campaign.Spec.Automation.AdjustBids, Automation(settings => settings with { AdjustBids = on })),
            "budgets" => (campaign.Spec.Automation.AdjustBudgets, Automation(settings => settings with { AdjustBudgets = on })),
            "pausing" => (campaign.Spec.Automation.PauseUnderperforming, Automation(settings => settings with { PauseUnderperforming = on })),
            "scaling" => (campaign.Spec.Automation.ScalePerforming, Automation(settings => settings with { ScalePerforming = on })),
            "tests" => (campaign.Spec.Automation.TestCreatives, Automation(settings => settings with { TestCreatives = on })),
            _ => throw new InvalidOperationException($"{which} is no switch."),
        };
        return new SettingChange(which, was ? "on" : "off", on ? "on" : "off", change) { Loosens = on && !was };
    }

    /// <param name="present">How far the agent goes there now.</param>
    public static SettingReading Autonomy(Campaign campaign, Autonomy present, string word)
    {
        if (!Enum.TryParse<Autonomy>(word, ignoreCase: true, out var to) || word.Any(char.IsDigit))
            return SettingReading.Wrong($"\"{word}\" is none of shadow (says what it would have done), suggest (waits for your yes) and act.");

        if (!campaign.Spec.Automation.Enabled && to != present)
            return SettingReading.Wrong($"The agent is off for {campaign.Name}; it goes no way there at all.");

        return new SettingChange("autonomy", Lower(present), Lower(to), Automation(settings => settings with { Autonomy = to }))
        {
            Loosens = to > present,
            IsLimit = true,
            Note = "Emergency stops act whatever it says.",
        };
    }

    public static bool IsOff(string word) => word.ToLowerInvariant() is "off" or None or "no";

    private static Func<Campaign, Campaign> Automation(Func<AutomationSettings, AutomationSettings> change) =>
        now => now with { Spec = now.Spec with { Automation = change(now.Spec.Automation) } };

    private static decimal? Ratio(string word) =>
        decimal.TryParse(word.TrimEnd('x', 'X', '×').Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio) && ratio is >= .1m and <= 100 ? ratio : null;

    private static string Times(decimal? ratio) => ratio is { } known ? $"{known.ToString("0.##", CultureInfo.InvariantCulture)}×" : None;

    private static string Or(Money? amount) => amount?.ToString() ?? None;

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
