using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.FollowUps;

/// <summary>
/// Seven and thirty full days after a launch its forecast is told next to what came, with what people kept against advice; the same after a person
/// overrode the agent, next to as many days before it. Each once.
/// </summary>
public sealed class LaunchScores(ICampaignStore campaigns, IReadingStore readings, IAdAccounts accounts, IActivityFeed feed, CampaignClock clock)
{
    private static readonly int[] After = [7, 30];

    /// <summary>How long results of the last day are waited for.</summary>
    private const int Maturing = 1;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var account in await accounts.AllAsync(cancellationToken))
        {
            foreach (var campaign in (await campaigns.OfAccountAsync(account.Id, cancellationToken)).Where(campaign => !campaign.Demo && campaign.LaunchedAt is not null))
            {
                foreach (var days in After)
                    await ScoreAsync(campaign, account, days, cancellationToken);
            }
        }
    }

    private async Task ScoreAsync(Campaign campaign, AdAccount account, int days, CancellationToken cancellationToken)
    {
        if (campaign is { FirstRanAt: null, Status: CampaignStatus.Launching or CampaignStatus.Scheduled or CampaignStatus.InReview })
            return;

        var launched = Began(campaign);
        if ((campaign.Predictions is not null || campaign.Overrides.Any(kept => kept.At <= launched)) && IsDue(campaign, $"launch-{days}", account, launched, days))
            await TellAsync(campaign, $"launch-{days}", $"{days} days after its launch", await OfLaunchAsync(campaign, account, days, cancellationToken), cancellationToken);

        foreach (var kept in campaign.Overrides.Where(kept => kept.At > launched))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"override-{kept.At.ToUnixTimeSeconds()}-{days}");
            if (IsDue(campaign, name, account, kept.At, days))
                await TellAsync(campaign, name, $"{days} days after {kept.By} overrode the agent", await OfOverrideAsync(campaign, kept, account, days, cancellationToken), cancellationToken);
        }
    }

    /// <summary>The message whose thread tells what came of a campaign; where it is not shown, that of the campaign itself.</summary>
    public static string ThreadOf(CampaignId campaign) => $"launch/{campaign}";

    /// <summary>A launch for later begins when it first ran.</summary>
    private static DateTimeOffset Began(Campaign campaign) => campaign.FirstRanAt ?? campaign.LaunchedAt!.Value;

    private bool IsDue(Campaign campaign, string name, AdAccount account, DateTimeOffset since, int days) =>
        !campaign.Scored.Contains(name) && account.DayAt(clock.GetUtcNow()).Date.DayNumber - account.DayAt(since).Date.DayNumber > days + Maturing;

    /// <summary>Kept before it is told: rather never than twice.</summary>
    private async Task TellAsync(Campaign campaign, string name, string action, string reason, CancellationToken cancellationToken)
    {
        await campaigns.ChangeAsync(campaign.Id, now => now.Scored.Contains(name) ? now : now with { Scored = now.Scored.Add(name) }, cancellationToken);
        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, FeedKind.Note, Severity.Medium, action, reason, PersonId.Agent, Simulated: campaign.IsSimulated)
            {
                Below = ThreadOf(campaign.Id),
            },
            cancellationToken);
    }

    private async Task<string> OfLaunchAsync(Campaign campaign, AdAccount account, int days, CancellationToken cancellationToken)
    {
        var came = await SumAsync(campaign, account.DayAt(Began(campaign)).Next, days, cancellationToken);
        var kept = string.Concat(campaign.Overrides.Where(one => one.At <= Began(campaign)).Select(one => $". {one.By} kept it against \"{one.Against}\": {one.Reason}"));
        return $"{(campaign.Predictions is { } forecast ? Beside(forecast, came, days) : came.Words)}{kept}";
    }

    private static string Beside(PreLaunchPredictions forecast, Came came, int days)
    {
        var (currency, share, result) = (forecast.Currency, (decimal)days / forecast.Days, forecast.Result);
        var spend = new Estimate(forecast.Spend.Low * share, forecast.Spend.Middle * share, forecast.Spend.High * share);
        var each = forecast.CostPerResult;
        var within = came.Cost is { } cost ? $": {(cost >= each.Low && cost <= each.High ? "as forecast" : "NOT as forecast")}" : "";
        return $"{result.Each} was forecast to cost {currency.Of(each.Low).Rounded()}–{currency.Of(each.High).Rounded()} and the spend to be {currency.Of(spend.Low).Rounded()}–{currency.Of(spend.High).Rounded()}; {came.Words}{within}";
    }

    private async Task<string> OfOverrideAsync(Campaign campaign, Override kept, AdAccount account, int days, CancellationToken cancellationToken)
    {
        var day = account.DayAt(kept.At);
        var before = await SumAsync(campaign, new AccountDay(day.Date.AddDays(-days)), days, cancellationToken);
        var after = await SumAsync(campaign, day.Next, days, cancellationToken);
        var change = (before.Cost, after.Cost) is ({ } was, { } became) && was > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({((became / was) - 1) * 100:+0;-0;0} % a result; what the agent would have done is not known)") : "";
        return $"the agent's word was \"{kept.Against}\", the reason \"{kept.Reason}\"; in as many days before {before.Words}, since then {after.Words}{change}";
    }

    private async Task<Came> SumAsync(Campaign campaign, AccountDay from, int days, CancellationToken cancellationToken)
    {
        var result = ResultWord.Of(campaign);
        var known = (await readings.DaysAsync(campaign.Id, from, cancellationToken)).Where(day => day.Day >= from && day.Day.Date < from.Date.AddDays(days)).ToList();
        return new Came(
            campaign.DailyBudget.Currency.Of(known.Sum(day => day.Spend.Amount)), known.Any(day => result.In(day) is not null) ? known.Sum(day => result.In(day) ?? 0) : null, known.Count, days, result);
    }

    /// <summary>What some days brought.</summary>
    private sealed record Came(Money Spend, decimal? Results, int Known, int Days, ResultWord Result)
    {
        public decimal? Cost => Results >= 1 ? Spend.Amount / Results : null;

        public string Words => Known == 0
            ? "nothing is known of what came"
            : $"{Spend} came to {(Results is { } count ? Result.Counted(count) : $"{Result.Many} that are not known")}{(Cost is { } cost ? $", {Spend.Currency.Of(cost).Rounded()} each" : "")}{(Known < Days ? $" ({Known} of {Days} days are known)" : "")}";
    }
}
