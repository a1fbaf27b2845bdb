using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Raises;

/// <summary>Who moved the daily budget within 24 hours, from where to where, the oldest first; <c>max</c> approved what he did.</summary>
public sealed class RaiseCountTests
{
    [Theory]
    [InlineData("", 500, "the present $500")]
    [InlineData("ana 500 600", 500, "the $500 at which it stood before the changes of the last 24 hours")]
    [InlineData("ana 500 600, ana 600 640", 500, "the $500 at which it stood before the changes of the last 24 hours")]
    [InlineData("ana 500 600, agent 600 605", 500, "the $500 at which it stood before the changes of the last 24 hours")]
    [InlineData("ana 500 650, agent 650 645", 500, "the $500 at which it stood before the changes of the last 24 hours")]
    [InlineData("agent 500 600", 500, "the $500 at which it stood before the changes of the last 24 hours")]
    [InlineData("ana 500 300", 500, "the $500 at which it stood before the changes of the last 24 hours")]
    [InlineData("ana 500 600, ana 600 500", 500, "the present $500")]
    [InlineData("max 500 700", 700, "the present $700")]
    [InlineData("max 500 700, ana 700 750", 700, "the $700 that a second person agreed to")]
    [InlineData("max 500 700, ana 700 300", 700, "the $700 that a second person agreed to")]
    [InlineData("max 500 700, ana 700 750, max 750 990, ana 990 1000", 990, "the $990 that a second person agreed to")]
    [InlineData("agent 500 200", 200, "the present $200")]
    [InlineData("agent 500 200, ana 200 240", 200, "the $200 to which the agent lowered it within the last 24 hours")]
    [InlineData("monitor 500 200, ana 200 240", 200, "the $200 to which the emergency monitor lowered it within the last 24 hours")]
    [InlineData("agent 500 200, max 200 600, ana 600 650", 600, "the $600 that a second person agreed to")]
    [InlineData("max 500 700, agent 700 400, ana 400 450", 400, "the $400 to which the agent lowered it within the last 24 hours")]
    public void A_raise_counts_from_what_was_agreed_or_stood_a_day_ago_and_from_what_was_cut_without_people(string moves, int from, string words)
    {
        var done = moves.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Confirmed).ToList();
        var present = done is [.., { Command: NetworkCommand.SetDailyBudget last }] ? last.To : A.Usd(500);

        var counted = RaiseCount.Of(new AskedRaise(new CampaignId("c-1"), "c1", Lever.DailyBudget, present, A.Usd(5_000)), [.. Enumerable.Reverse(done)]);

        counted.ShouldBe(new RaiseCount(A.Usd(from), words));
    }

    [Fact]
    public void A_move_of_the_bid_says_nothing_about_the_budget()
    {
        var bid = Confirmed("ana 5 10") with { Command = new NetworkCommand.SetBid(A.Account().Id, new CampaignId("c-1"), new ExternalId("n"), A.Usd(5), A.Usd(10)) };

        RaiseCount.Of(new AskedRaise(new CampaignId("c-1"), "c1", Lever.DailyBudget, A.Usd(500), A.Usd(600)), [bid]).From.ShouldBe(A.Usd(500));
    }

    private static CommandIntent Confirmed(string move, int number = 0)
    {
        var words = move.Split(' ');
        var by = words[0] switch { "agent" => PersonId.Agent, "monitor" => PersonId.Monitor, _ => FakePeople.Ana.Id };
        return new CommandIntent(
            new CommandKey($"c-1/{(words[0] == "max" ? "approved" : "person")}/{number}"), WorkspaceId.Local, A.Account().Mode,
            new NetworkCommand.SetDailyBudget(A.Account().Id, new CampaignId("c-1"), new ExternalId("n"), A.Usd(decimal.Parse(words[1], CultureInfo.InvariantCulture)), A.Usd(decimal.Parse(words[2], CultureInfo.InvariantCulture))),
            by, "test", A.Noon, IntentState.Confirmed);
    }
}
