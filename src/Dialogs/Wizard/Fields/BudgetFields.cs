using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 5: how much, the amount that must never be passed, and how to bid.</summary>
internal static class BudgetFields
{
    private const string Money = $"(?<money>{MoneyReader.Pattern})";
    private const string ADay = @"(?:\s*(?:/|per|a|each)\s*d(?:ay)?\b|\s*daily\b)";

    /// <summary>After "$750 cap" no amount may follow: "$500 cap $750" says the cap with the words before it.</summary>
    private const string NoAmountAfter = @"(?!\s*(?:of|is|at|to|:|=|@)?\s*[$€£¥]?\s?\d)";

    private static readonly Regex CapWords = Finding.Pattern(
        $@"\b(?:max(?:imum)?|cap|at most|no more than|never more than|limit|stop at)(?!\s*(?:cpa|cpi|bid|roas))\s*(?:of|is|at|daily|spend)?\s*(?:spend|budget)?\s*{Money}{ADay}?|{Money}{ADay}?\s*(?:daily\s+)?(?:max(?:imum)?|cap|limit|at most|tops)\b(?!\s*(?:cpa|cpi|bid|roas)){NoAmountAfter}");
    private static readonly Regex LifetimeWords = Finding.Pattern($@"\b(?:lifetime|total)(?:\s+budget)?\s*(?:of|is)?\s*{Money}|{Money}\s*(?:in total|total|overall|altogether|lifetime|for the whole time)\b");
    private static readonly Regex DailyWords = Finding.Pattern($@"(?:\b(?:daily\s+)?(?:budget|spend)\s*(?:of|is|to|=|:)?\s*)?{Money}(?<day>{ADay})(?:\s+budget\b)?|\b(?<day>daily\s+)?budget\s*(?:of|is|to|=|:)?\s*{Money}|{Money}\s*budget\b{NoAmountAfter}");
    private static readonly Regex BareAmount = Finding.Pattern($@"(?<![\w%:=]|\w[(\[]){Money}(?![\w%])(?!\s*(?:days?|weeks?|months?|hours?|%)\b)");
    private static readonly Regex SpeltAmount = Finding.Pattern(@"(?<!\d\s*)\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|fifty|half\s+a|a)\s+)?(?:hundred|thousand|million|grand)\b[^,;]*|\bNaN\b");
    private static readonly Regex CostCapWords = Finding.Pattern($@"\bcost[\s_]*cap\b\s*(?:of|at|@)?\s*{Money}|{Money}\s*cost[\s_]*cap\b{NoAmountAfter}");
    private static readonly Regex CostCapAlone = Finding.Pattern(@"\bcost[\s_]*cap\b");
    private static readonly Regex TargetCpaWords = Finding.Pattern($@"(?<!max\s)(?<!maximum\s)\b(?:target\s+)?(?:cpa|cpi|(?<=target\s)cost|cost per (?:install|result|purchase|lead))\s*(?:target|goal)?\s*(?:of|at|@|under|below|at most|<|is|to)?\s*{Money}|{Money}\s*(?:(?:target\s+)?(?:cpa|cpi)\b|(?:an?|per)\s+(?:install|result|purchase|lead)\b){NoAmountAfter}");
    private static readonly Regex BidCapWords = Finding.Pattern($@"\bbid[\s_]*cap\b\s*(?:of|at|@)?\s*{Money}|{Money}\s*bid[\s_]*cap\b{NoAmountAfter}");
    private static readonly Regex BidCapAlone = Finding.Pattern(@"\bbid[\s_]*cap\b");
    private static readonly Regex MaxBidWords = Finding.Pattern($@"\bmax(?:imum)?\s*bid\s*(?:of|is|at)?\s*{Money}|{Money}\s*max(?:imum)?\s*bid\b{NoAmountAfter}");
    private static readonly Regex TargetRoasWords = Finding.Pattern(@"(?<!min\s)(?<!minimum\s)\b(?:target\s+)?roas\s*(?:target|goal)?\s*(?:of|at|is)?\s*x?(?<number>\d{1,3}(?:[.,]\d{1,2})?)\s*x?\b");
    private static readonly Regex WorthWords = Finding.Pattern($@"\bworth\s*(?:of|is|about)?\s*{Money}");

    public static readonly DraftField Cap = new(
        nameof(CampaignDraft.MaxDailySpend), "budget", "Never more than", (text, context) => Finding.Amount(CapWords, text, context, amount => draft => draft with { MaxDailySpend = amount }),
        (draft, _) => draft.MaxDailySpend is { } cap ? $"{cap} a day" : null)
    {
        Input = Amount("750", value => $"max {value}", draft => draft.MaxDailySpend),
    };

    public static readonly DraftField Lifetime = new(
        "Lifetime", "budget", "Lifetime budget",
        (text, context) => context.Profile is { Capabilities.LifetimeBudget: false } profile && LifetimeWords.Match(text) is { Success: true } match
            ? Found.Wrong(match, $"{profile.Title} has no lifetime budgets; say an amount a day.")
            : Finding.Amount(LifetimeWords, text, context, amount => draft => draft with { BudgetType = BudgetType.Lifetime, BudgetAmount = amount }),
        (_, _) => null);

    public static readonly DraftField Budget = new(nameof(CampaignDraft.BudgetAmount), "budget", "Budget", FindBudget, ShowBudget)
    {
        Input = Amount("500", value => $"budget {value}", draft => draft.BudgetAmount),
    };

    public static readonly DraftField CostCap = new(
        nameof(CampaignDraft.TargetCpa), "budget", "Target cost", FindCostCap, (draft, _) => draft.TargetCpa is { } cpa ? $"{cpa} per {ResultWord.Of(draft).One}" : null)
    {
        Input = Amount("12", value => $"cpa {value}", draft => draft.TargetCpa),
    };

    public static readonly DraftField MaxBid = new(
        nameof(CampaignDraft.MaxBid), "budget", "Max bid", (text, context) => Finding.Amount(MaxBidWords, text, context, amount => draft => draft with { MaxBid = amount }),
        (draft, _) => draft.MaxBid?.ToString())
    {
        Input = Amount("15", value => $"max bid {value}", draft => draft.MaxBid),
    };

    public static readonly DraftField Strategy = new(
        nameof(CampaignDraft.Strategy), "budget", "Bidding", FindStrategy, (draft, _) => draft.Strategy is { } strategy ? Words(strategy) : null)
    {
        Input = new FieldInput("choice", "Bid strategy", value => value)
        {
            Choices = context => [.. Enum.GetValues<BidStrategy>().Where(strategy => context.Profile?.BidStrategies.Contains(strategy) != false).Select(strategy => new Choice(Words(strategy), Words(strategy)))],
            Value = draft => draft.Strategy is { } strategy ? Words(strategy) : null,
        },
    };

    public static readonly DraftField TargetRoas = new(
        nameof(CampaignDraft.TargetRoas), "budget", "Target ROAS", FindTargetRoas, (draft, _) => draft.TargetRoas is { } roas ? $"{roas.ToString("0.##", CultureInfo.InvariantCulture)}×" : null)
    {
        Wanted = context => context.Profile?.BidStrategies.Contains(BidStrategy.TargetRoas) != false,
        Input = new FieldInput("text", "3.0 (for the strategy target ROAS)", value => $"target roas {value}") { Value = draft => draft.TargetRoas?.ToString("0.##", CultureInfo.InvariantCulture) },
    };

    public static readonly DraftField Worth = new(
        nameof(CampaignDraft.Worth), "budget", "One result is worth", (text, context) => Finding.Amount(WorthWords, text, context, amount => draft => draft with { Worth = amount }),
        (draft, _) => draft.Worth?.ToString())
    {
        Input = Amount("24 (optional, for revenue and ROAS)", value => $"worth {value}", draft => draft.Worth),
    };

    public static string Words(BidStrategy strategy) => strategy switch
    {
        BidStrategy.LowestCost => "lowest cost",
        BidStrategy.CostCap => "cost cap",
        BidStrategy.BidCap => "bid cap",
        _ => "target ROAS",
    };

    private static FieldInput Amount(string placeholder, Func<string, string> says, Func<CampaignDraft, Money?> value) => new("text", placeholder, says)
    {
        Value = draft => value(draft) is { } money ? money.Amount.ToString("0.##", CultureInfo.InvariantCulture) : null,
    };

    private static Found? FindBudget(string text, FieldContext context)
    {
        if (DailyWords.Match(text) is { Success: true } said && Finding.Amount(DailyWords, text, context, amount => said.Groups["day"].Success ? Daily(amount) : Same(amount)) is { } daily)
            return daily;

        if (SpeltAmount.Match(text) is { Success: true } spelt && (context.Own || context.Sentence))
            return Found.Wrong(spelt, $"I read amounts in digits: write {context.Currency.Of(500)}/day instead of \"{spelt.Value.Trim()}\".");

        return context.Own ? Finding.Amount(BareAmount, WithoutDates(text), context, Same) : null;
    }

    /// <summary>"31/02" is a date, wherever it is said, and no amount; every place stays where it is.</summary>
    private static string WithoutDates(string text) =>
        Finding.Pattern(@"(?<![\d/])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?)(?![\d/])").Replace(text, date => new string('\u0001', date.Length));

    private static Func<CampaignDraft, CampaignDraft> Daily(Money amount) => draft => draft with { BudgetType = BudgetType.Daily, BudgetAmount = amount };

    /// <summary>An amount alone changes the amount, and not whether it is for a day or for the whole time.</summary>
    private static Func<CampaignDraft, CampaignDraft> Same(Money amount) => draft => draft with { BudgetType = draft.BudgetType ?? BudgetType.Daily, BudgetAmount = amount };

    private static string? ShowBudget(CampaignDraft draft, FieldContext context) =>
        draft.BudgetAmount is { } amount ? BudgetWords.Of(draft.BudgetType ?? BudgetType.Daily, amount, BudgetWords.Daily(draft, context.Now, context.Zone)) : null;

    private static Found? FindCostCap(string text, FieldContext context) =>
        Finding.Amount(CostCapWords, text, context, amount => draft => draft with { Strategy = BidStrategy.CostCap, TargetCpa = amount })
        ?? Finding.Amount(TargetCpaWords, text, context, amount => draft => draft with { Strategy = draft.Strategy ?? BidStrategy.CostCap, TargetCpa = amount });

    private static Found? FindStrategy(string text, FieldContext context)
    {
        if (Finding.Amount(BidCapWords, text, context, amount => draft => draft with { Strategy = BidStrategy.BidCap, MaxBid = amount }) is { } bidCap)
            return bidCap;

        if (BidCapAlone.Match(text) is { Success: true } alone)
            return Supported(alone, BidStrategy.BidCap, context);

        if (CostCapAlone.Match(text) is { Success: true } costCap)
            return Supported(costCap, BidStrategy.CostCap, context);

        if (Finding.Pattern(@"(?<!min\s)(?<!minimum\s)\btarget[\s_]roas\b").Match(text) is { Success: true } roas)
            return Supported(roas, BidStrategy.TargetRoas, context);

        return Finding.Pattern(@"\b(?:lowest|low)[\s_]cost\b|\bautomatic bid(?:ding)?\b").Match(text) is { Success: true } lowest ? Supported(lowest, BidStrategy.LowestCost, context) : null;
    }

    private static Found Supported(Group words, BidStrategy strategy, FieldContext context) => context.Profile is { } profile && !profile.BidStrategies.Contains(strategy)
        ? Found.Wrong(words, $"{profile.Title} has no {Words(strategy)}; it takes {string.Join(", ", profile.BidStrategies.Select(Words))}.")
        : Found.Right(words, draft => draft with { Strategy = strategy });

    private static Found? FindTargetRoas(string text, FieldContext context)
    {
        if (TargetRoasWords.Match(text) is not { Success: true } match)
            return null;

        if (context.Profile?.BidStrategies.Contains(BidStrategy.TargetRoas) == false)
            return Supported(match, BidStrategy.TargetRoas, context);

        var target = decimal.Parse(match.Groups["number"].Value.Replace(',', '.'), CultureInfo.InvariantCulture);
        return target is <= 0 or > 100
            ? Found.Wrong(match, "A target ROAS is between 0.1 and 100, for example 3.0.")
            : Found.Right(match, draft => draft with { Strategy = BidStrategy.TargetRoas, TargetRoas = target });
    }
}
