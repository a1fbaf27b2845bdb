using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Charts that Slack draws itself, where it is set to and can.</summary>
public sealed class SlackChartsTests
{
    [Fact]
    public async Task Slack_draws_a_chart_from_its_numbers_and_what_it_shows_is_said_too()
    {
        using var slack = await SlackDrawing.StartAsync(isNative: true);
        var body = (await slack.ComposedAsync()).Body["blocks"]!.AsArray();

        BlockLimits.BrokenMessage(body).ShouldBeEmpty();
        var chart = Chart(body).ShouldNotBeNull();
        ((string)chart["title"]!).ShouldBe("Spend on 2026-03-01");
        chart["chart"]!["series"]!.AsArray().Select(line => (string)line!["name"]!).ShouldBe(["spend", "cap"]);
        body.ToJsonString().ShouldContain("Spend today against the budget");
        slack.Wire.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Without_the_setting_and_of_a_chart_whose_numbers_are_not_known_any_more_there_is_the_picture(bool isNative, bool isKnown)
    {
        using var slack = await SlackDrawing.StartAsync(isNative, isKnown);

        Chart((await slack.ComposedAsync()).Body["blocks"]!).ShouldBeNull();
    }

    [Fact]
    public async Task A_workspace_that_cannot_draw_it_gets_the_picture_and_is_tried_again_a_day_later()
    {
        using var slack = await SlackDrawing.StartAsync(isNative: true);
        slack.Wire.Answer = call => Task.FromResult(
            call.Method == "chat.postMessage" && call.Arguments.ToJsonString().Contains("data_visualization", StringComparison.Ordinal) ? SlackWire.Refusal("invalid_blocks") : slack.Usual(call));

        (await slack.PostAsync()).ShouldBe(new MessageId("1.1"));

        slack.Shown.Select(Chart).Select(chart => chart is not null).ShouldBe([true, false]);
        slack.Shown[1].ToJsonString().ShouldContain("Running");
        Chart((await slack.ComposedAsync()).Body["blocks"]!).ShouldBeNull();
        slack.Machine.Advance(TimeSpan.FromDays(1));
        Chart((await slack.ComposedAsync()).Body["blocks"]!).ShouldNotBeNull();
    }

    [Fact]
    public void However_long_the_words_and_however_many_the_lines_Slack_takes_it()
    {
        var words = new string('w', 100);
        var numbers = new ChartNumbers(
            words, words, words, [.. Enumerable.Repeat(words, 20)], [.. Enumerable.Range(0, 9).Select(line => new ChartLine($"line {line}", [.. Enumerable.Repeat(-1m, 20)]))]);

        BlockLimits.BrokenMessage(new JsonArray(Block.Chart(numbers))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(3, new[] { 0, 1, 2 })]
    [InlineData(9, new[] { 0, 3, 5, 8 })]
    public void Of_many_points_the_first_the_last_and_some_between_are_drawn(int count, int[] shown) =>
        DrawnCharts.Spread([.. Enumerable.Range(0, count)], most: 4).ShouldBe(shown);

    private static JsonNode? Chart(JsonNode blocks) => blocks.AsArray().FirstOrDefault(block => (string?)block!["type"] == "data_visualization");
}
