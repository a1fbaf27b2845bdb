using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Rails;

/// <summary>A lever that stands elsewhere at the network than we last confirmed was moved by a person there: hands off.</summary>
internal sealed class HumanLockRail : IRail
{
    public string Name => "human-lock";

    public Trim? Check(Proposal move, Surroundings around)
    {
        if (move.Pauses)
            return null;

        var ours = move.Lever == Lever.Bid ? around.Now.Campaign.Bid : around.Now.Campaign.DailyBudget;
        return ours is { } known && known != move.From
            ? this.Dropped(move, $"it is {move.From} at the network and not {known}: somebody changed it there")
            : null;
    }
}

/// <summary>What a person moved last is theirs for a day, or until they hand it back.</summary>
internal sealed class HeldRail : IRail
{
    public string Name => "held";

    public Trim? Check(Proposal move, Surroundings around)
    {
        var now = around.Now;
        return now.Campaign.HoldOn(move.Lever.AsHeld(), now.Now) is { } hold ? this.Dropped(move, hold.Words(now.Account.Zone())) : null;
    }
}

/// <summary>A person does not want this: after "not now" for six hours, after a no for seven days or until the evidence has doubled.</summary>
internal sealed class NotNowRail : IRail
{
    /// <summary>Fewer new results than these double nothing.</summary>
    private const decimal FewestResults = 4;

    public string Name => "not-now";

    public Trim? Check(Proposal move, Surroundings around)
    {
        var last = around.Memory.Declined.LastOrDefault(declined => declined.Lever == move.Lever && declined.Raise == move.Raises());
        if (last is null || around.Now.Now - last.At is var passed && passed >= (last.ForGood ? Declined.Silence : Declined.Rest))
            return null;

        if (!last.ForGood)
            return this.Dropped(move, $"{last.By} said not now {Math.Max(0, passed.TotalMinutes):0} minutes ago");

        return HasDoubled(around.Now, last.At)
            ? null
            : this.Dropped(move, $"{last.By} said no {Ages.Of(passed)} ago{(last.Why is { } why ? $" (\"{why}\")" : "")}, and the evidence has not doubled since");
    }

    /// <summary>As many results came on the days since as had come before; of the day itself nobody can tell.</summary>
    private static bool HasDoubled(Observation now, DateTimeOffset at)
    {
        var (result, day) = (ResultWord.Of(now.Campaign), now.Account.DayAt(at));
        var before = now.Days.Where(known => known.Day < day).Sum(known => result.In(known) ?? 0);
        var since = now.Days.Where(known => known.Day > day).Sum(known => result.In(known) ?? 0) + (now.Today > day && now.Reading is { } reading && reading.Today.Day == now.Today ? result.In(reading.Today) ?? 0 : 0);
        return since >= Math.Max(before, FewestResults);
    }
}

/// <summary>No raise without data younger than usual for the network, and never on data older than three hours.</summary>
internal sealed class FreshReadingRail : IRail
{
    public string Name => "fresh-data";

    public Trim? Check(Proposal move, Surroundings around)
    {
        if (!move.Raises())
            return null;

        if (Freshness.Shortcoming(around.Now) is { } says)
            return this.Dropped(move, $"raises need fresh figures, and {says}");

        var result = ResultWord.Of(around.Now.Campaign);
        return around.Now.Reading is { } reading && result.In(reading.Today) is not null ? null : this.Dropped(move, "today's results are not known");
    }
}

/// <summary>No raise while an incident is open on the campaign.</summary>
internal sealed class OpenIncidentRail : IRail
{
    public string Name => "open-incident";

    public Trim? Check(Proposal move, Surroundings around) =>
        move.Raises() && around.OpenIncident is { } open ? this.Dropped(move, $"{open} is open") : null;
}

/// <summary>No raise, and nothing paused, in the first day that a campaign runs: networks learn then, and every edit starts them over.</summary>
internal sealed class LearningRail : IRail
{
    private static readonly TimeSpan Learning = TimeSpan.FromHours(24);

    public string Name => "learning";

    public Trim? Check(Proposal move, Surroundings around) =>
        (move.Raises() || move.Pauses) && around.Now.Now - (around.Now.Campaign.FirstRanAt ?? around.Now.Campaign.LaunchedAt ?? around.Now.Now) < Learning
            ? this.Dropped(move, "the network is still learning in the first 24 hours")
            : null;
}

/// <summary>A bid rests 30 minutes, a budget and the ads 24 hours after each move of ours; a clock that went back counts as no rest at all.</summary>
internal sealed class CooldownRail : IRail
{
    private static readonly TimeSpan Bid = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Budget = TimeSpan.FromHours(24);

    public string Name => "cool-down";

    public Trim? Check(Proposal move, Surroundings around)
    {
        if (around.Memory.Last(move.Lever) is not { } last)
            return null;

        var passed = around.Now.Now - last.At;
        return passed < (move.Lever == Lever.Bid ? Bid : Budget)
            ? this.Dropped(move, $"it was moved {Math.Max(0, passed.TotalMinutes):0} minutes ago")
            : null;
    }
}

/// <summary>Few and larger steps: at most four moves in 24 hours, of which cuts may be two more.</summary>
internal sealed class ChangesPerDayRail : IRail
{
    private const int Most = 4;
    private const int MoreForCuts = 2;

    public string Name => "changes-per-day";

    public Trim? Check(Proposal move, Surroundings around)
    {
        var made = around.Memory.MovesADay(around.Now.Now);
        return made >= (move.Raises() ? Most : Most + MoreForCuts) ? this.Dropped(move, $"{made} moves were made in the last 24 hours") : null;
    }
}
