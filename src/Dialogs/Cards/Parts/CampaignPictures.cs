using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Cards.Parts;

/// <summary>A picture with the words for those who do not see it.</summary>
public sealed record Picture(string Address, string Words);

/// <summary>The charts of a campaign. One that cannot be drawn is left out: the figures stand beside it.</summary>
public sealed partial class CampaignPictures(IReadingStore readings, IAdAccounts accounts, ICharts charts, CampaignClock clock, ILogger<CampaignPictures> logger)
{
    private const int DaysShown = 14;

    public async Task<TimeZoneInfo> ZoneAsync(Campaign campaign, CancellationToken cancellationToken) =>
        (await accounts.GetAsync(campaign.Account, cancellationToken)).Zone();

    public async Task<IReadOnlyList<Picture>> OfAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        var pictures = new List<Picture>();
        await TryAsync(pictures, () => SpendAsync(campaign, account, cancellationToken));
        await TryAsync(pictures, () => CostAsync(campaign, account, cancellationToken));
        return pictures;
    }

    private async Task<Picture?> SpendAsync(Campaign campaign, AdAccount account, CancellationToken cancellationToken)
    {
        var today = account.DayAt(clock.GetUtcNow());
        var kept = await readings.SinceAsync(campaign.Id, today.Start(account.Zone()), cancellationToken);
        var points = kept
            .Where(one => one.Reading.Today is { } figures && figures.Day == today)
            .Select(one => new SpendPoint(one.ReadAt, one.Reading.Today!.Spend.Amount))
            .ToList();
        if (points.Count < 2)
            return null;

        var cap = campaign.CapForToday is { } lifted && lifted.Day == today ? lifted.Cap : campaign.Spec.Budget.MaxDailySpend;
        var digest = await charts.SpendAgainstCapAsync(campaign.Name, points, campaign.DailyBudget, cap, today, account.Zone(), cancellationToken);
        return new Picture($"/media/{digest}", $"Spend today against the budget {campaign.DailyBudget} and the cap {cap}");
    }

    private async Task<Picture?> CostAsync(Campaign campaign, AdAccount account, CancellationToken cancellationToken)
    {
        var today = account.DayAt(clock.GetUtcNow());
        var days = await readings.DaysAsync(campaign.Id, new AccountDay(today.Date.AddDays(-DaysShown)), cancellationToken);
        var result = ResultWord.Of(campaign);
        if (days.Count(day => result.In(day) > 0) < 2)
            return null;

        var target = campaign.Spec.Bidding.TargetCpa;
        var digest = await charts.CostAgainstTargetAsync(campaign.Name, result, days, target, cancellationToken);
        return new Picture($"/media/{digest}", $"{result.CostTitle} by day{(target is { } wanted ? $" against the target {wanted}" : "")}");
    }

    private async Task TryAsync(List<Picture> pictures, Func<Task<Picture?>> draw)
    {
        try
        {
            if (await draw() is { } picture)
                pictures.Add(picture);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotDrawn(fault);
        }
    }

    [LoggerMessage(EventId = 334, Level = LogLevel.Warning, Message = "A chart could not be drawn.")]
    private partial void NotDrawn(Exception fault);
}
