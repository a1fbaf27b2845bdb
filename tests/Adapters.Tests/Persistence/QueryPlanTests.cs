using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>What is asked often finds its rows by an index. SQLite decides by the shape of a query alone, so that an empty table tells.</summary>
public sealed class QueryPlanTests() : StoreSuite(Engine.Sqlite)
{
    [Theory]
    [InlineData(null, "IX_Feed_At")]
    [InlineData("c-1", "IX_Feed_Campaign_At")]
    public async Task The_latest_of_the_feed_are_found_without_reading_all_of_it(string? campaign, string index)
    {
        await using var db = Store.Database.Open();
        var query = db.Set<FeedRow>().Where(row => row.Workspace == "local");
        if (campaign is not null)
            query = query.Where(row => row.Campaign == campaign);

        var plan = await PlanAsync(db, query.OrderByDescending(row => row.At).ThenByDescending(row => row.Number).Take(20).ToQueryString());

        plan.ShouldContain(index);
        plan.ShouldNotContain("TEMP B-TREE");
    }

    [Fact]
    public async Task Waiting_alerts_are_found_without_reading_all_that_ever_were()
    {
        await using var db = Store.Database.Open();
        var since = A.Noon;

        (await PlanAsync(db, db.Set<AlertRow>().Where(row => !row.Settled && row.At > since).OrderBy(row => row.At).ToQueryString())).ShouldContain("IX_Alerts_At");
    }

    private static async Task<string> PlanAsync(CampaignsDb db, string query)
    {
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();

        // What stands before the query sets its parameters for a command line; their values do not matter to the plan.
        command.CommandText = $"EXPLAIN QUERY PLAN {Regex.Replace(query[query.IndexOf("SELECT", StringComparison.Ordinal)..], @"@\w+", "0")}";
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
            lines.Add(reader.GetString(3));

        return string.Join('\n', lines);
    }
}
