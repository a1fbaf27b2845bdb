using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>A picture that Slack does not show yet costs a message neither its time nor its buttons, and follows it.</summary>
public sealed class SlackLatePicturesTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_goes_ahead_of_its_picture_with_every_button_and_the_picture_follows_once_it_is_ready()
    {
        using var slack = await SlackDrawing.StartAsync();
        var ready = slack.Machine.GetUtcNow().AddSeconds(6);
        slack.Wire.Answer = call => Task.FromResult(HasPicture(call.Arguments) && slack.Machine.GetUtcNow() < ready ? SlackWire.Refusal("invalid_blocks") : slack.Usual(call));

        (await slack.PostAsync()).ShouldBe(new MessageId("1.1"));

        slack.Shown.Select(HasPicture).ShouldBe([true, false]);
        Buttons(slack.Shown[1]).ShouldBe(Buttons(slack.Shown[0]));
        Buttons(slack.Shown[1]).ShouldNotBe(0);

        await slack.PassAsync(2, shown: 3);
        await slack.PassAsync(5, shown: 4);
        slack.Shown.Select(HasPicture).ShouldBe([true, false, true, true]);
        await slack.PassAsync(300, shown: 4);
    }

    [Fact]
    public async Task No_picture_follows_onto_what_was_said_in_the_place_of_its_message_meanwhile()
    {
        using var slack = await SlackDrawing.StartAsync();
        slack.Wire.Answer = call => Task.FromResult(HasPicture(call.Arguments) ? SlackWire.Refusal("invalid_blocks") : slack.Usual(call));
        var message = await slack.PostAsync();

        await slack.Posts.TryEditAsync(SlackDrawing.Access, SlackDrawing.Channel, message, new SlackContent(new JsonObject { ["text"] = "stopped" }, Urgent: true), Now);

        await slack.PassAsync(300, shown: 3);
        slack.Wire.Calls.Last(call => call.Method == "chat.update").Arguments["text"]!.GetValue<string>().ShouldBe("stopped");
    }

    [Fact]
    public async Task One_that_Slack_does_not_know_any_more_is_uploaded_anew()
    {
        using var slack = await SlackDrawing.StartAsync();
        await slack.PostAsync();
        slack.Machine.Advance(TimeSpan.FromHours(1));
        slack.Wire.Answer = call => Task.FromResult(call.Arguments.ToJsonString().Contains("\"F0CHART1\"", StringComparison.Ordinal) ? SlackWire.Refusal("invalid_blocks") : slack.Usual(call));

        await slack.PostAsync();
        await slack.PassAsync(2, shown: 4);

        slack.Shown.Select(HasPicture).ShouldBe([true, true, false, true]);
        slack.Shown[^1].ToJsonString().ShouldContain("F0CHART2");
    }

    [Theory]
    [InlineData("https://files.example.com/upload/1")]
    [InlineData("http://files.slack.com/upload/1")]
    public async Task No_picture_is_put_anywhere_but_with_Slack(string address)
    {
        using var slack = await SlackDrawing.StartAsync();
        slack.UploadsTo = address;

        await slack.PostAsync();

        slack.Wire.Calls.Select(call => call.Method).ShouldBe(["files.getUploadURLExternal", "chat.postMessage"]);
        HasPicture(slack.Shown.Single()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_message_waits_ten_seconds_for_its_picture_and_no_longer_and_it_follows()
    {
        using var slack = await SlackDrawing.StartAsync();
        slack.Wire.Answer = call => call.Method == "files.getUploadURLExternal" ? new TaskCompletionSource<JsonObject>().Task : Task.FromResult(slack.Usual(call));
        var post = slack.PostAsync();
        while (slack.Wire.Calls.IsEmpty)
            await Task.Yield();

        slack.Machine.Advance(TimeSpan.FromSeconds(9));
        post.IsCompleted.ShouldBeFalse();
        slack.Machine.Advance(TimeSpan.FromSeconds(1));
        await post;
        slack.Wire.Answer = call => Task.FromResult(slack.Usual(call));
        await slack.PassAsync(2, shown: 2);

        slack.Shown.Select(HasPicture).ShouldBe([false, true]);
    }

    private static bool HasPicture(JsonNode shown) => shown.ToJsonString().Contains("slack_file", StringComparison.Ordinal);

    private static int Buttons(JsonArray blocks) => blocks.Where(block => (string?)block!["type"] == "actions").Sum(row => row!["elements"]!.AsArray().Count);
}
