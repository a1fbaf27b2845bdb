using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Rails;

/// <summary>No bid above the most that the person allowed.</summary>
internal sealed class MaxBidRail : IRail
{
    public string Name => "max-bid";

    public Trim? Check(Proposal move, Surroundings around) =>
        move.Lever == Lever.Bid && move.Raises() && around.Now.Campaign.Spec.Bidding.MaxBid is { } most && move.To > most
            ? this.Shortened(move, most, $"no bid may pass {most}")
            : null;
}

/// <summary>No daily budget above the hard cap: ours for good, not one lifted for a day.</summary>
internal sealed class DailyCapRail : IRail
{
    public string Name => "daily-cap";

    public Trim? Check(Proposal move, Surroundings around)
    {
        var cap = around.Now.Campaign.Spec.Budget.MaxDailySpend;
        return move.Lever == Lever.DailyBudget && move.Raises() && move.To > cap ? this.Shortened(move, cap, $"the cap is {cap} a day") : null;
    }
}

/// <summary>All budgets of an account together stay below its own limit.</summary>
internal sealed class AccountCapRail : IRail
{
    public string Name => "account-cap";

    public Trim? Check(Proposal move, Surroundings around)
    {
        if (move.Lever != Lever.DailyBudget || !move.Raises() || around.Now.Account.DailyLimit is not { } limit)
            return null;

        if (around.OthersDaily is not { } others)
            return this.Dropped(move, "what the account's other campaigns may spend is not known");

        var left = limit - others;
        return move.To > left ? this.Shortened(move, left, $"the account's limit of {limit} leaves {left}") : null;
    }
}

/// <summary>All budgets of a currency together stay below what the workspace may.</summary>
internal sealed class WorkspaceCapRail : IRail
{
    public string Name => "workspace-cap";

    public Trim? Check(Proposal move, Surroundings around) =>
        move.Lever == Lever.DailyBudget && move.Raises() && around.LeftTogether is { } left && move.To > left
            ? this.Shortened(move, left, $"the workspace's limit leaves {left}")
            : null;
}

/// <summary>No budget below what the network takes, and no bid of nothing.</summary>
internal sealed class MinimumRail : IRail
{
    public string Name => "minimum";

    public Trim? Check(Proposal move, Surroundings around)
    {
        if (move.Pauses)
            return null;

        if (move.To.Amount <= 0)
            return this.Dropped(move, "nothing would be left");

        if (move.Lever != Lever.DailyBudget || move.Raises() || Least(around.Now.Profile, move.To.Currency) is not { } least || move.To >= least)
            return null;

        return this.Shortened(move, least, $"the network takes no less than {least} a day");
    }

    private static Money? Least(NetworkProfile profile, Currency currency) => profile.MinimumDaily(currency) switch
    {
        BudgetMinimum.Published published => published.Amount,
        BudgetMinimum.OwnFloor floor => floor.Amount,
        _ => null,
    };
}

/// <summary>The last word on size: conservative 5–10 %, balanced 10–20 %, aggressive 20–30 %; a smaller step waits, a least one rounded to the currency's smallest unit is made.</summary>
internal sealed class ModeBandRail : IRail
{
    private const int MostDigits = 6;

    public string Name => "mode-band";

    public Trim? Check(Proposal move, Surroundings around)
    {
        if (move.Pauses)
            return null;

        var mode = around.Now.Campaign.Spec.Automation.Mode;
        var band = ModeBand.Of(mode);
        var size = Math.Abs(move.Change);
        if (size > band.Most)
        {
            var most = Step.From(move.From, move.Raises() ? band.Most : -band.Most);
            return this.Shortened(move, most, $"{mode} steps are at most {band.Most:0%}");
        }

        return move.From.Amount <= 0 || move.To == move.From || IsBelowLeast(move, band.Least)
            ? this.Dropped(move, $"{Apart(size, band.Least)} is less than a {mode.ToString().ToLowerInvariant()} step of {band.Least:0%}")
            : null;
    }

    /// <summary>Steps are rounded towards where they start: what the least one comes to in whole units of the currency is not too small.</summary>
    private static bool IsBelowLeast(Proposal move, decimal least) => move.Raises()
        ? move.To < Step.From(move.From, least)
        : move.To > Step.From(move.From, -least);

    /// <summary>With as many digits as tell it from the least.</summary>
    private static string Apart(decimal size, decimal least)
    {
        var digits = 1;
        while (digits < MostDigits && Math.Round(size, digits + 2, MidpointRounding.AwayFromZero) == least)
            digits++;

        return size.ToString($"0.{new string('#', digits)}%", CultureInfo.InvariantCulture);
    }
}
