using System.Text;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed.Reports;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>The report: the dashboard's figures and those of each day, as a file for whoever asked.</summary>
public sealed class ExportTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(164)]
    [Fact]
    public async Task It_has_the_dashboards_totals_a_row_for_each_campaign_and_its_days_and_leaves_empty_what_is_not_known()
    {
        await CampaignAsync("c1", "Spring sale", spend: 120.5m);
        await CampaignAsync("c2", "Autumn", spend: null);

        var (message, rows) = await ExportAsync("export");

        message.Text.ShouldBe($"2 campaigns, 7 days, today among them: {message.Download!.Name}.");
        message.Download.Name.ShouldMatch(@"^campaigns-\d{4}-\d\d-\d\d\.csv$");
        var card = (DashboardCard)(await _bench.Home.OfAsync(new PersonId("local:ana"), Now))[0].Card!;
        var total = rows.ShouldHaveSingleRow("total", "");
        card.Totals.ShouldHaveSingleItem().ShouldStartWith("Spend today $120.50 of ");
        (total["spend"], total["status"]).ShouldBe(("120.5", "1 not known yet"));
        rows.ShouldHaveSingleRow("campaign", "c1")["spend"].ShouldBe("120.5");
        rows.ShouldHaveSingleRow("campaign", "c2")["spend"].ShouldBe("");
        var day = rows.ShouldHaveSingleRow("day", "c1");
        (day["spend"], day["impressions"], day["clicks"], day["results"], day["cost per result"], day["revenue"], day["roas"]).ShouldBe(("120.5", "10000", "500", "5", "24.1", "241", "2"));
    }

    [Fact]
    public async Task One_campaign_and_as_many_days_as_are_asked_for()
    {
        await CampaignAsync("c1", "Spring sale", spend: 100, daysAgo: 20);
        await CampaignAsync("c2", "Autumn", spend: 100);

        (await ExportAsync("export c1")).Rows.Select(row => row["row"]).ShouldBe(["campaign"]);
        (await ExportAsync("export c1 30 days")).Rows.Select(row => (row["row"], row["handle"])).ShouldBe([("campaign", "c1"), ("day", "c1")]);
        (await ExportAsync("export the report spring sale for the last 30 days")).Message.Text.ShouldStartWith("Spring sale, 30 days");
    }

    [Theory]
    [InlineData("export c1 0 days", "I export 1 to 90 days.")]
    [InlineData("export c1 91 days", "I export 1 to 90 days.")]
    [InlineData("export c9", "I could not see which campaign is meant.")]
    public async Task What_cannot_be_exported_is_said_with_what_can(string line, string says)
    {
        await CampaignAsync("c1", "Spring sale", spend: 100);

        await _bench.SayAsync("ana", line, Now);

        _bench.SeenBy("ana")[^1].ShouldStartWith(says);
        _bench.Media.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_campaigns_name_is_no_formula()
    {
        await CampaignAsync("c1", "=HYPERLINK(\"https://evil.example\",\"go\")", spend: 100);

        await _bench.SayAsync("ana", "export", Now);

        Encoding.UTF8.GetString(_bench.Media.All.Values.ShouldHaveSingleItem()).ShouldContain("\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"go\"\")\"");
    }

    private async Task CampaignAsync(string handle, string name, decimal? spend, int daysAgo = 0)
    {
        var made = A.Campaign(id: handle);
        var campaign = await _bench.Core.Campaigns.AddAsync(made with { Handle = handle, Spec = made.Spec with { Name = name } }, Now);
        if (spend is not { } known)
            return;

        var account = await _bench.Core.Accounts.GetAsync(campaign.Account, Now);
        var day = new AccountDay(account.DayAt(_bench.Core.Clock.GetUtcNow()).Date.AddDays(-daysAgo));
        await _bench.Core.Readings.KeepDaysAsync(account, campaign.Id, [new DayFigures(day, A.Usd(known), 10_000, 500, 5, A.Usd(known * 2))], Now);
    }

    private async Task<(ChatMessage Message, IReadOnlyList<Dictionary<string, string>> Rows)> ExportAsync(string line)
    {
        await _bench.SayAsync("ana", line, Now);
        var message = _bench.Channel.All.Last(post => post.Message.Download is not null).Message;
        var csv = Encoding.UTF8.GetString(_bench.Media.All[message.Download!.File]).TrimStart('\uFEFF');
        return (message, [.. csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => CampaignReport.Columns.Zip(row.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second.Trim('"')))]);
    }
}

internal static class ReportRows
{
    public static Dictionary<string, string> ShouldHaveSingleRow(this IReadOnlyList<Dictionary<string, string>> rows, string kind, string handle) =>
        rows.Where(row => row["row"] == kind && row["handle"] == handle).ShouldHaveSingleItem();
}
