using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Recommending;

/// <summary>
/// What more could be done with campaigns that run, from fresh figures and finished days alone: a lookalike, another country, more creatives, money from
/// a dear campaign to a cheap one. It moves nothing. Pure.
/// </summary>
public static class Recommender
{
    private const int Most = 6;

    /// <summary>Networks make a lookalike of a hundred people at least.</summary>
    private const double FewestForLookalike = 100;

    /// <summary>So much of a campaign's budget is proposed for a first try.</summary>
    private const decimal Try = .2m;

    private const decimal Shift = .1m;
    private const decimal DefaultHeadroom = 1.5m;

    /// <summary>Fewer than these leave the network little to choose from.</summary>
    private const int FewCreatives = 3;

    /// <summary>A campaign that uses less of its budget gains nothing by more.</summary>
    private const double BudgetUsed = .85;

    /// <summary>How much another audience and another country change the cost (standard deviation of the log). Assumed.</summary>
    private const double AudienceSpread = .3;
    private const double CountrySpread = .35;

    /// <summary>Eight times out of ten a normal number lies within so many standard deviations.</summary>
    private const double EightOfTen = 1.2816;

    /// <summary>How much real headlines of one test differ (standard deviation of the log), and how far the best of some stands out.</summary>
    private const double CreativeSpread = .18;
    private static readonly double[] BestOf = [0, 0, .56, .85, 1.03, 1.16, 1.27, 1.35, 1.42];

    /// <summary>Countries in which most people read the same language.</summary>
    private static readonly string[][] Alike = [["US", "CA", "GB", "AU", "NZ", "IE"], ["DE", "AT", "CH"], ["FR", "BE", "CH", "CA"], ["ES", "MX", "AR", "CO", "CL"], ["PT", "BR"], ["NL", "BE"]];

    public static AdviceList Of(IReadOnlyList<Observation> running)
    {
        var (found, lacking, held) = (new List<Matured>(), ImmutableArray.CreateBuilder<LackingAdvice>(), new List<LackingAdvice>());
        var all = running.Where(now => now.Campaign is { Status: CampaignStatus.Active, Demo: false }).ToList();
        foreach (var now in all)
        {
            var (matured, lacks) = Matured.Of(now);
            if (matured is not null)
                found.Add(matured);
            else
                lacking.Add(new LackingAdvice(now.Campaign.Id, $"{now.Campaign.Name} ({now.Campaign.Handle}): {lacks}"));
        }

        var campaigns = all.ConvertAll(now => now.Campaign);
        List<CampaignAdvice?> advice = [Shifted(found, held), .. found.Where(one => one.IsGood).OrderByDescending(one => one.Results).SelectMany(one => (CampaignAdvice?[])[Lookalike(one, found), Country(one, found, campaigns, held)]), .. found.OrderByDescending(one => one.Results).Select(Creatives)];
        return new AdviceList([.. advice.OfType<CampaignAdvice>().Take(Most)], lacking.ToImmutable()) { Judged = [.. found.Select(one => one.Campaign.Id)], Held = [.. held] };
    }

    private static CampaignAdvice? Lookalike(Matured one, IReadOnlyList<Matured> all)
    {
        var campaign = one.Campaign;
        if (!one.Profile.Capabilities.Lookalike || campaign.Spec.Targeting.Lookalike is not null || one.Results < FewestForLookalike || !one.Result.IsConversion)
            return null;

        var source = one.KnowsRevenue ? "high ltv" : campaign.Spec.Objective == Objective.Purchases ? "purchasers" : "existing users";
        var own = all.Where(other => Compares(one, other) && other.Campaign.Spec.Targeting.Lookalike is not null).ToList();
        var (cost, spread, from) = own.Count > 0 ? Pooled(own) : (one.Cost, Wider(one.Spread, AudienceSpread), "that another audience costs a third more or less is assumed, none of your campaigns has a lookalike yet");
        var budget = TryBudget(one);
        return new CampaignAdvice(
            AdviceKind.Lookalike, campaign.Id, $"A lookalike of the best {one.Result.Many} of {campaign.Name} ({campaign.Handle})", Cost(one), Expected(one, budget, cost, spread, from),
            [new AdviceStep("Open a draft", $"copy {campaign.Handle} with lookalike {source} 1 %, {Said(budget)}")]);
    }

    /// <param name="running">All campaigns that run, also those of which too little is known.</param>
    /// <param name="held">Countries in which own campaigns are too dear are added to it, and why.</param>
    private static CampaignAdvice? Country(Matured one, IReadOnlyList<Matured> all, IReadOnlyList<Campaign> running, List<LackingAdvice> held)
    {
        var campaign = one.Campaign;
        var reached = campaign.Spec.Targeting.Countries;
        var alike = Alike.Where(group => group.Any(country => reached.Contains(country))).SelectMany(group => group).Where(country => !reached.Contains(country)).Distinct()
            .Select(country => (Code: country, Own: all.Where(other => Compares(one, other) && Reaches(other.Campaign, country)).ToList()))
            .ToList();
        foreach (var (code, there) in alike.Where(country => IsDear(one, country.Own)))
            held.Add(new LackingAdvice(campaign.Id, $"{campaign.Name} ({campaign.Handle}) is not expanded to {new RegionInfo(code).EnglishName}: {string.Join("; ", there.Select(Cost))}, and in {campaign.Handle} it may cost {one.Goal}"));

        var open = alike.Where(country => !IsDear(one, country.Own)).ToList();
        if (open.Count == 0)
            return null;

        var (next, own) = open.Exists(country => country.Own.Count > 0) ? open.Find(country => country.Own.Count > 0) : open[0];
        var name = new RegionInfo(next).EnglishName;
        var (cost, spread, from) = own.Count > 0 ? Pooled(own) : (one.Cost, Wider(one.Spread, CountrySpread), $"how much {name} differs is assumed, {Beside(one, running, next)}");
        var budget = TryBudget(one);
        return new CampaignAdvice(
            AdviceKind.Country, campaign.Id, $"Expand {campaign.Name} ({campaign.Handle}) to {name}", Cost(one), Expected(one, budget, cost, spread, from),
            [new AdviceStep("Open a draft", $"copy {campaign.Handle} with countries {next}, {Said(budget)}")]);
    }

    private static bool Reaches(Campaign campaign, string country) => campaign.Spec.Targeting.Countries.Contains(country);

    /// <summary>What own campaigns paid there is more than a result may cost in this one.</summary>
    private static bool IsDear(Matured one, List<Matured> there) => there.Count > 0 && one.Goal is { } goal && Pooled(there).Cost > (double)goal.Amount;

    /// <summary>What own campaigns in a country say that cannot be held against this one.</summary>
    private static string Beside(Matured one, IReadOnlyList<Campaign> running, string country)
    {
        var there = running.Where(other => other.Id != one.Campaign.Id && Reaches(other, country)).ToList();
        var alike = there.Where(other => other.Spec.Network == one.Campaign.Spec.Network && ResultWord.Of(other) == one.Result && other.DailyBudget.Currency == one.Campaign.DailyBudget.Currency).ToList();
        return alike.Count > 0 ? $"too little is known yet of {Handles(alike)}, which {(alike.Count == 1 ? "runs" : "run")} there"
            : there.Count > 0 ? $"{Handles(there)} {(there.Count == 1 ? "runs" : "run")} there on another network, in another currency or for other results"
            : "no campaign of yours runs there";
    }

    private static string Handles(IEnumerable<Campaign> campaigns) => string.Join(", ", campaigns.Select(campaign => campaign.Handle));

    private static CampaignAdvice? Creatives(Matured one)
    {
        var campaign = one.Campaign;
        var count = campaign.Spec.Creatives.Length;
        if (!one.Profile.TakesCreatives || count is 0 or >= FewCreatives)
            return null;

        var more = CreativeSpread * (BestOf[count + FewCreatives] - BestOf[count]);
        var high = Math.Exp(more + (EightOfTen * CreativeSpread * .7)) - 1;
        return new CampaignAdvice(
            AdviceKind.Creatives, campaign.Id, $"More creatives for {campaign.Name} ({campaign.Handle})",
            $"{Cost(one)}; it has {(count == 1 ? "1 creative" : $"{count} creatives")}, so there is hardly anything to choose from",
            string.Create(CultureInfo.InvariantCulture, $"With {FewCreatives} more the best of them brings 0 to {high * 100:0} % more for the same money: real headlines of one test differ by about {CreativeSpread * 100:0} %, yours may differ by more or less"),
            [new AdviceStep("Open a copy", $"copy {campaign.Handle} with more creatives")]);
    }

    /// <summary>From the dearest to the cheapest of those that count the same, where they surely differ and the cheap one could use more.</summary>
    /// <param name="held">A cheaper one that does not use what it has is added to it.</param>
    private static CampaignAdvice? Shifted(IReadOnlyList<Matured> all, List<LackingAdvice> held)
    {
        var pairs = from cheap in all
                    where cheap.Campaign.LifetimeBudget is null
                    from dear in all
                    where Compares(cheap, dear) && dear.Campaign.Account == cheap.Campaign.Account && dear.Campaign.LifetimeBudget is null
                    where Matured.IsSure(Math.Log(dear.Cost / cheap.Cost), Math.Sqrt((cheap.Spread * cheap.Spread) + (dear.Spread * dear.Spread)))
                    orderby dear.Cost / cheap.Cost descending
                    select (Cheap: cheap, Dear: dear);
        foreach (var (cheap, dear) in pairs)
        {
            if (cheap.Used < BudgetUsed)
            {
                if (!held.Exists(known => known.Campaign == cheap.Campaign.Id))
                    held.Add(new LackingAdvice(cheap.Campaign.Id, $"no money is moved to {cheap.Campaign.Name} ({cheap.Campaign.Handle}), which is cheaper than {dear.Campaign.Handle}: it uses {(cheap.Used * 100).ToString("0", CultureInfo.InvariantCulture)} % of its budget, so that more would lie idle"));

                continue;
            }

            var room = cheap.Campaign.Spec.Budget.MaxDailySpend - cheap.Campaign.DailyBudget;
            var amount = Whole(Money.Min(dear.Campaign.DailyBudget * Shift, room));
            var left = dear.Campaign.DailyBudget - amount;
            if (amount.Amount <= 0 || (Least(dear.Profile, left.Currency) is { } least && left < least))
                continue;

            var money = (double)amount.Amount;
            var (low, high) = ((money * .5 / cheap.Cost) - (money / dear.Cost), (money / cheap.Cost) - (money * .5 / dear.Cost));
            return new CampaignAdvice(
                AdviceKind.BudgetShift, cheap.Campaign.Id, $"Move {amount} a day from {dear.Campaign.Name} ({dear.Campaign.Handle}) to {cheap.Campaign.Name} ({cheap.Campaign.Handle})",
                $"{Cost(cheap)}, and it uses {(cheap.Used * 100).ToString("0", CultureInfo.InvariantCulture)} % of its budget; {Cost(dear)}",
                string.Create(CultureInfo.InvariantCulture, $"Between {low:+0.0;-0.0} and {high:+0.0;-0.0} {cheap.Result.Many} a day, since the last money of a day brings between half and all of what the average does (assumed)"),
                [
                    new AdviceStep($"First lower {dear.Campaign.Handle} to {left}", $"set budget {dear.Campaign.Handle} {left}"),
                    new AdviceStep($"Then raise {cheap.Campaign.Handle} to {cheap.Campaign.DailyBudget + amount}", $"set budget {cheap.Campaign.Handle} {cheap.Campaign.DailyBudget + amount}"),
                ]);
        }

        return null;
    }

    private static bool Compares(Matured one, Matured other) =>
        one.Campaign.Id != other.Campaign.Id && one.Campaign.Spec.Network == other.Campaign.Spec.Network && one.Result == other.Result && one.Campaign.DailyBudget.Currency == other.Campaign.DailyBudget.Currency;

    private static (double Cost, double Spread, string From) Pooled(List<Matured> own)
    {
        var (spend, results) = (own.Sum(one => one.Spend), own.Sum(one => one.Results));
        return (spend / results, Math.Sqrt(own.Average(one => one.Spread * one.Spread) + (.25 * .25 / own.Count)),
            $"from {string.Join(", ", own.Select(one => one.Campaign.Handle))}, where {Math.Round(results).ToString(CultureInfo.InvariantCulture)} {own[0].Result.Many} cost {own[0].Campaign.DailyBudget.Currency.Of((decimal)(spend / results)).Rounded()} each");
    }

    private static double Wider(double spread, double more) => Math.Sqrt((spread * spread) + (more * more));

    private static string Cost(Matured one) => $"{one.Campaign.Handle}: {one.Result.Each} cost {one.Each}{(one.Goal is { } goal ? $" where it may cost {goal}" : "")}, over {Ages.Days(one.Days)} with {one.Result.Counted(Math.Round((decimal)one.Results))}, late ones allowed for";

    private static string Expected(Matured one, Money budget, double cost, double spread, string from)
    {
        var (low, high) = (cost * Math.Exp(-EightOfTen * spread), cost * Math.Exp(EightOfTen * spread));
        var currency = budget.Currency;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{one.Result.Each} costs {currency.Of((decimal)low).Rounded()} to {currency.Of((decimal)high).Rounded()}, so {(double)budget.Amount / high:0.#} to {(double)budget.Amount / low:0.#} a day at {budget}; {from}");
    }

    private static Money TryBudget(Matured one)
    {
        var wanted = Whole(one.Campaign.DailyBudget * Try);
        return Least(one.Profile, wanted.Currency) is { } least && wanted < least ? least : wanted;
    }

    private static string Said(Money budget) => $"{budget} a day, max {Whole(budget * DefaultHeadroom)}";

    private static Money Whole(Money amount) => amount with { Amount = amount.Amount >= 10 ? Math.Floor(amount.Amount) : amount.Rounded().Amount };

    private static Money? Least(NetworkProfile profile, Currency currency) => profile.MinimumDaily(currency) switch
    {
        BudgetMinimum.Published published => published.Amount,
        BudgetMinimum.OwnFloor floor => floor.Amount,
        _ => null,
    };
}
