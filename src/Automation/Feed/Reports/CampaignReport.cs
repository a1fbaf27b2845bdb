using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed.Reports;

/// <summary>A table for spreadsheets.</summary>
/// <param name="Campaigns">How many stand in it.</param>
/// <param name="Rows">The first holds the names of the columns.</param>
public sealed record ReportTable(int Campaigns, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>A spreadsheet takes the mark at the beginning for UTF-8.</summary>
    public byte[] Csv() =>
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Concat(Rows.Select((row, index) => $"{string.Join(',', index == 0 ? row : row.Select(CsvCell.Quoted))}\r\n")))];
}

/// <summary>The dashboard's figures, its totals first, and below each campaign its days: what is not known is left empty and never shown as nothing.</summary>
public sealed class CampaignReport(DashboardProjection dashboard, ICampaignStore campaigns, IAdAccounts accounts, IReadingStore readings)
{
    /// <summary>The columns; what a row is stands in the first: total, campaign or day.</summary>
    public static readonly ImmutableArray<string> Columns =
    [
        "row", "campaign", "handle", "network", "account", "mode", "status", "agent", "day", "currency", "budget a day", "spend", "share of budget", "impressions", "clicks", "results", "result", "cost per result",
        "revenue", "roas", "last agent action",
    ];

    /// <param name="only">Null: every campaign that is shown to the reader.</param>
    /// <param name="days">So many days, this one among them.</param>
    public async Task<ReportTable> ReadAsync(Person reader, CampaignId? only, int days, CancellationToken cancellationToken)
    {
        var figures = await dashboard.BuildAsync(reader, cancellationToken);
        var all = (await campaigns.AllAsync(reader.Workspace, cancellationToken)).ToDictionary(campaign => campaign.Id);
        var lines = figures.Lines.Where(line => (only is null || line.Id == only) && all.ContainsKey(line.Id)).ToList();
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        rows.Add(Columns);
        if (only is null)
            rows.AddRange(figures.Totals.Select(Total));

        foreach (var line in lines)
        {
            var campaign = all[line.Id];
            rows.Add(Of(line, campaign));
            var today = AccountDay.At(figures.At, await accounts.ZoneAsync(campaign.Account, cancellationToken));
            foreach (var day in await readings.DaysAsync(line.Id, new AccountDay(today.Date.AddDays(1 - days)), cancellationToken))
                rows.Add(Of(day, line, campaign));
        }

        return new ReportTable(lines.Count, rows.ToImmutable());
    }

    private static ImmutableArray<string> Total(CurrencyTotal total) => Row(new()
    {
        ["row"] = "total", ["currency"] = total.Budget.Currency.Code, ["budget a day"] = Number(total.Budget), ["spend"] = Number(total.SpendToday), ["share of budget"] = Number(total.Utilisation),
        ["status"] = total.Unknown > 0 ? string.Create(CultureInfo.InvariantCulture, $"{total.Unknown} not known yet") : "",
    });

    private static ImmutableArray<string> Of(DashboardLine line, Campaign campaign) => Row(new(Named("campaign", line, campaign))
    {
        ["mode"] = line.Mode.ToString().ToLowerInvariant(), ["status"] = line.Alarm?.Around(line.StatusWord) ?? line.StatusWord, ["agent"] = line.AgentOn ? "on" : "off",
        ["budget a day"] = Number(line.DailyBudget), ["spend"] = Number(line.SpendToday), ["result"] = line.Result.One, ["cost per result"] = Number(line.CostPerResult), ["roas"] = Number(line.Roas),
        ["last agent action"] = line.LastAction is { } last ? $"{last.Action} ({last.Reason})" : "",
    });

    private static ImmutableArray<string> Of(DayFigures day, DashboardLine line, Campaign campaign)
    {
        var results = line.Result.In(day);
        return Row(new(Named("day", line, campaign))
        {
            ["day"] = day.Day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["spend"] = Number(day.Spend), ["impressions"] = Number(day.Impressions), ["clicks"] = Number(day.Clicks),
            ["results"] = Number(results), ["result"] = line.Result.One, ["cost per result"] = results > 0 ? Number(day.Spend.Currency.Of(day.Spend.Amount / results.Value).Rounded()) : "",
            ["revenue"] = Number(day.Revenue), ["roas"] = day.Revenue is { } revenue && day.Spend.Amount > 0 ? Number(revenue.Amount / day.Spend.Amount) : "",
        });
    }

    private static Dictionary<string, string> Named(string row, DashboardLine line, Campaign campaign) => new()
    {
        ["row"] = row, ["campaign"] = line.Name, ["handle"] = line.Handle, ["network"] = line.Network.ToString(), ["account"] = campaign.Account.Value, ["currency"] = line.DailyBudget.Currency.Code,
    };

    private static ImmutableArray<string> Row(Dictionary<string, string> cells) => [.. Columns.Select(column => cells.GetValueOrDefault(column, ""))];

    private static string Number(Money? money) => Number(money?.Amount);

    private static string Number(decimal? number) => number is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "";
}
