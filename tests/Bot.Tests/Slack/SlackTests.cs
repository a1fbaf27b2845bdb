using System.Text.Json.Nodes;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>Slack from the first word to a launch, and what Slack does to a bot, against a stand-in over real sockets.</summary>
public sealed class SlackTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Proves(11)]
    [Fact(Timeout = 600_000)]
    public async Task Seven_steps_in_words_clicks_and_windows_with_a_dropped_picture_launch_a_campaign()
    {
        await using var home = await SlackBot.StartAsync(TestContext.Current.CancellationToken, "--Clock:Speed", "60", "--Channels:default:Feed", "slack/C0FEED");
        var ana = home.Ana;

        await ana.SayAsync("new campaign", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 1 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("facebook", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 2 of 7", TestContext.Current.CancellationToken);
        await ana.UseAsCreativeAsync(SlackBot.Ads, "U0MAX", ana.Drop("max.png", SlackBot.Picture(2)), TestContext.Current.CancellationToken);
        await WhisperAsync(home, "U0ANA", "I take it for the campaign in our direct message");
        await ana.SeesAsync("So far: 1 (1 image)", TestContext.Current.CancellationToken);
        await ana.SayAsync("", TestContext.Current.CancellationToken, ana.Drop("one.png", SlackBot.Picture()));
        await ana.PressAsync(await ana.SeesAsync("So far: 2 (2 images)", TestContext.Current.CancellationToken), "Done", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 3 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("app install, installs, ios, https://apps.apple.com/app/id1234567890", TestContext.Current.CancellationToken);
        var targeting = await ana.OpenAsync(await ana.SeesAsync("Step 4 of 7", TestContext.Current.CancellationToken), "Fill in…", TestContext.Current.CancellationToken);
        var faults = await ana.FillInAsync(targeting, TestContext.Current.CancellationToken, ("Countries", "US, CA"), ("Ages", "44-18"));
        faults.ShouldHaveSingleItem().Key.ShouldBe("Ages");
        (await ana.FillInAsync(targeting, TestContext.Current.CancellationToken, ("Countries", "US, CA"), ("Ages", "18-44"))).ShouldBeEmpty();
        await ana.SeesAsync("Step 5 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("$500/day, max $750, cost cap $12, max bid $15", TestContext.Current.CancellationToken);
        await ana.PressAsync(await ana.SeesAsync("Step 6 of 7", TestContext.Current.CancellationToken), "Use suggestion", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 7 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("start now", TestContext.Current.CancellationToken);
        var review = await ana.SeesAsync(ana.Direct, message => message.Button("Approve and launch") is not null && message.Words.Contains("starts now", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await ana.PressAsync(review, "Approve and launch", TestContext.Current.CancellationToken);

        await ana.SeesAsync("launched as c1", TestContext.Current.CancellationToken);
        await UntilAsync(() => SimulatedRecord.Running(home.Bot.Folder).Count == 1, home);
        SimulatedRecord.Scheduled(home.Bot.Folder).Ads.ShouldBe(2);

        // Its thread in the feed channel begins with it, goes on below it, and a new one begins when it was deleted.
        var head = await ana.SeesAsync("C0FEED", message => message.Thread is null && message.Words.Contains("running", StringComparison.Ordinal) && message.Button("Why") is not null, TestContext.Current.CancellationToken);
        home.Slack.Desk.Delete("C0FEED", head.Stamp);
        await home.Olga.SayAsync("pause c1 enough for today", TestContext.Current.CancellationToken);
        await ana.SeesAsync("C0FEED", message => message.Stamp != head.Stamp && message.Thread is null && message.Button("Why") is not null && message.Words.Contains("enough for today", StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 600_000)]
    public async Task In_a_channel_a_campaign_is_made_in_a_thread_of_its_own_and_only_its_owner_answers()
    {
        await using var home = await SlackBot.StartAsync(TestContext.Current.CancellationToken);
        var (ana, max) = (home.Ana, home.Max);
        var thread = await ana.SayInAsync(SlackBot.Ads, null, $"<@{SlackDesk.Bot}> new campaign", TestContext.Current.CancellationToken);
        await InThreadAsync(home, thread, "Step 1 of 7");

        await max.SayInAsync(SlackBot.Ads, thread, "tiktok", TestContext.Current.CancellationToken);
        await WhisperAsync(home, "U0MAX", "only U0ANA's answers count");
        await ana.SayInAsync(SlackBot.Ads, thread, "facebook", TestContext.Current.CancellationToken);
        await InThreadAsync(home, thread, "Step 2 of 7");
        await max.SayInAsync(SlackBot.Ads, null, "what about lunch?", TestContext.Current.CancellationToken);
        await ana.SayInAsync(SlackBot.Ads, thread, "cancel", TestContext.Current.CancellationToken);
        await max.SayInAsync(SlackBot.Ads, thread, "yes", TestContext.Current.CancellationToken);

        home.Slack.Desk.Messages.ShouldAllBe(message => message.User != SlackDesk.Bot || message.Channel != SlackBot.Ads || message.Thread == thread);
        home.Slack.Desk.Messages.ShouldAllBe(message => message.User != SlackDesk.Bot || !message.Words.Contains("TikTok Ads", StringComparison.Ordinal) || message.Words.Contains("Step 1 of 7", StringComparison.Ordinal));
    }

    [Fact(Timeout = 600_000)]
    public async Task The_same_event_two_hundred_times_is_answered_once_is_nobodys_haste_and_counts_once_over_a_restart()
    {
        await using var home = await SlackBot.StartAloneAsync(TestContext.Current.CancellationToken);
        var said = home.Ana.Saying("who am i");
        var stamp = (string)said["event"]!["ts"]!;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => home.Slack.DeliverAsync("events_api", said, TestContext.Current.CancellationToken)));
        await home.Ana.SeesAsync("Marketer", TestContext.Current.CancellationToken);
        // The next answer of a conversation says that the one before is done with.
        await home.Ana.SayAsync("approvals", TestContext.Current.CancellationToken);
        await home.Ana.SeesAsync("request", TestContext.Current.CancellationToken);

        await home.Bot.KillAsync();
        await home.Bot.StartAgainAsync(TestContext.Current.CancellationToken);
        await home.Slack.DeliverAsync("events_api", said, TestContext.Current.CancellationToken);
        await home.Ana.SayAsync("drafts", TestContext.Current.CancellationToken);
        await home.Ana.SeesAsync("drafts", TestContext.Current.CancellationToken);

        home.Since(home.Ana.Direct, stamp).Count(message => message.Words.Contains("Marketer", StringComparison.Ordinal)).ShouldBe(1);
        home.Since(home.Ana.Direct, stamp).ShouldAllBe(message => !message.Words.Contains("messages at once", StringComparison.Ordinal));
    }

    [Fact(Timeout = 600_000)]
    public async Task No_click_is_lost_by_kill_minus_9_whether_it_was_acknowledged_or_not()
    {
        await using var home = await SlackBot.StartAloneAsync(TestContext.Current.CancellationToken);
        var ana = home.Ana;
        await ana.SayAsync("new campaign", TestContext.Current.CancellationToken);
        var first = await ana.SeesAsync("Step 1 of 7", TestContext.Current.CancellationToken);

        await ana.SayAsync("approvals", TestContext.Current.CancellationToken);
        await ana.SeesAsync("request", TestContext.Current.CancellationToken);

        // Acknowledged, and killed at once.
        await ana.PressAsync(first, "Save", TestContext.Current.CancellationToken);
        await home.Bot.KillAsync();
        await home.Bot.StartAgainAloneAsync(TestContext.Current.CancellationToken);
        await ana.SeesAsync("aved", TestContext.Current.CancellationToken);

        // Pressed while nobody is there: it waits for a socket, or went to the dead one, and then Slack shows a warning and the person presses again.
        await ana.SayAsync("new campaign", TestContext.Current.CancellationToken);
        var second = await ana.SeesAsync(ana.Direct, message => message.Stamp != first.Stamp && message.Words.Contains("Step 1 of 7", StringComparison.Ordinal) && message.Button("Cancel") is not null, TestContext.Current.CancellationToken);
        await ana.SayAsync("who am i", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Marketer", TestContext.Current.CancellationToken);
        await home.Bot.KillAsync();
        var press = ana.PressAsync(second, "Cancel", TestContext.Current.CancellationToken);
        await home.Bot.StartAgainAsync(TestContext.Current.CancellationToken);
        await press;
        if (!home.Slack.Lost.IsEmpty)
            await ana.PressAsync(second, "Cancel", TestContext.Current.CancellationToken);

        await ana.SeesAsync("nothing was launched", TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 600_000)]
    public async Task When_slack_says_wait_it_waits_and_answers_in_order()
    {
        await using var home = await SlackBot.StartAsync(TestContext.Current.CancellationToken);
        home.Slack.Limit("chat.postMessage", 3);
        var stamp = await home.Ana.SayAsync("who am i", TestContext.Current.CancellationToken);
        await home.Ana.SayAsync("approvals", TestContext.Current.CancellationToken);
        await home.Ana.SayAsync("drafts", TestContext.Current.CancellationToken);
        await home.Ana.SeesAsync("drafts", TestContext.Current.CancellationToken);

        home.Since(home.Ana.Direct, stamp)[0].Words.ShouldContain("Marketer");
        home.Slack.Impatient.ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_socket_that_slack_takes_away_is_replaced_and_nothing_is_lost()
    {
        await using var home = await SlackBot.StartAsync(TestContext.Current.CancellationToken);
        await home.Ana.SayAsync("who am i", TestContext.Current.CancellationToken);
        await home.Ana.SeesAsync("Marketer", TestContext.Current.CancellationToken);
        var connections = home.Slack.Calls.Count(call => call == "apps.connections.open");

        await home.Slack.DropAsync("refresh_requested", TestContext.Current.CancellationToken);
        await home.Ana.SayAsync("drafts", TestContext.Current.CancellationToken);

        await home.Ana.SeesAsync("drafts", TestContext.Current.CancellationToken);
        home.Slack.Calls.Count(call => call == "apps.connections.open").ShouldBeGreaterThan(connections);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_stop_has_its_card_in_the_on_call_channel_and_replies_in_its_thread_are_obeyed()
    {
        await using var home = await SlackBot.StartAsync(TestContext.Current.CancellationToken, "--Clock:Speed", "60", "--Clock:Start", "12:00", "--Channels:default:Feed", "slack/C0FEED", "--People:Roles:slack:U0ROOT:0", "Admin");
        home.Slack.Desk.Channels["C0FEED"] = SlackChannelState.Archived;
        var (ana, olga) = (home.Ana, home.Olga);
        await ana.SayAsync("launch app installs for https://apps.apple.com/app/id1234567890 on facebook in the US and canada, 18-44, $500 a day, max $750, cost cap $12, max bid $15, balanced, start now", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 2 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("", TestContext.Current.CancellationToken, ana.Drop("one.png", SlackBot.Picture()));
        await ana.SeesAsync("Step 7 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("launch", TestContext.Current.CancellationToken);
        await UntilAsync(() => SimulatedRecord.Running(home.Bot.Folder).Count == 1, home);

        await ana.SayAsync("simulate runaway c1", TestContext.Current.CancellationToken);
        await UntilAsync(() => Stopped(home, SlackBot.OnCallChannel) is not null, home);
        var card = Stopped(home, SlackBot.OnCallChannel)!;
        card.Button("Resume").ShouldNotBeNull();
        card.Text.ShouldStartWith("<@U0OLGA> <!subteam^S0ONCALL> ");
        await UntilAsync(() => Stopped(home, olga.Direct) is not null, home);

        // Whoever can put it right hears once that the feed's channel takes nothing.
        var root = new SlackUser(home.Slack, "U0ROOT");
        await root.SeesAsync(
            root.Direct, message => message.Words.Contains("slack/C0FEED", StringComparison.Ordinal) && message.Words.Contains("it is archived; unarchive it.", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await ana.SayInAsync(SlackBot.OnCallChannel, card.Stamp, "resume", TestContext.Current.CancellationToken);
        await WhisperAsync(home, "U0ANA", "needs");
        await olga.SayInAsync(SlackBot.OnCallChannel, card.Stamp, "ack", TestContext.Current.CancellationToken);
        await UntilAsync(() => home.Slack.Desk.Messages.Single(message => message.Stamp == card.Stamp && message.Channel == card.Channel).Words.Contains("Olga N.", StringComparison.Ordinal), home);
        await InThreadAsync(home, card.Stamp, "reminders stop", SlackBot.OnCallChannel);
        var asked = await olga.SayInAsync(SlackBot.OnCallChannel, card.Stamp, "roll back", TestContext.Current.CancellationToken);
        await UntilAsync(() => home.Since(SlackBot.OnCallChannel, asked).Any(message => message.Thread == card.Stamp && message.Words.Contains("back", StringComparison.Ordinal)), home);
        await olga.SayInAsync(SlackBot.OnCallChannel, card.Stamp, "no", TestContext.Current.CancellationToken);
        await ana.SayAsync("simulate calm c1", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Ended 1 fault", TestContext.Current.CancellationToken);
        for (var attempt = 0; attempt < 30 && SimulatedRecord.Running(home.Bot.Folder).Count == 0; attempt++)
        {
            await olga.SayInAsync(SlackBot.OnCallChannel, card.Stamp, attempt % 2 == 0 ? "resume" : "yes", TestContext.Current.CancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        SimulatedRecord.Running(home.Bot.Folder).ShouldHaveSingleItem();
        await UntilAsync(() => home.Slack.Desk.Messages.Single(message => message.Stamp == card.Stamp && message.Channel == card.Channel).Words.Contains("resumed by Olga N.", StringComparison.OrdinalIgnoreCase), home);
    }

    [Fact(Timeout = 600_000)]
    public async Task The_home_tab_shows_how_things_stand_and_its_buttons_are_answered_in_the_direct_message()
    {
        await using var home = await SlackBot.StartAsync(TestContext.Current.CancellationToken, "--Demo:History", "true");
        await home.Ana.LookInAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => home.Slack.Desk.Homes.ContainsKey("U0ANA"), home);
        home.Slack.Desk.Homes["U0ANA"].Words.ShouldContain("AI-managed");

        await home.Ana.PressHomeAsync("New campaign", TestContext.Current.CancellationToken);

        await home.Ana.SeesAsync("Step 1 of 7", TestContext.Current.CancellationToken);
        await home.Ana.SayAsync("facebook", TestContext.Current.CancellationToken);
        await home.Ana.SeesAsync("Step 2 of 7", TestContext.Current.CancellationToken);

        // What somebody else does is seen there without opening it again.
        home.Slack.Desk.Homes["U0ANA"].Words.ShouldContain("9 active");
        await home.Olga.SayAsync("pause c1 enough for today", TestContext.Current.CancellationToken);
        await home.Olga.SeesAsync("paused, confirmed by the network", TestContext.Current.CancellationToken);
        await home.Ana.SayAsync("activity c1", TestContext.Current.CancellationToken);
        await home.Ana.SeesAsync("Olga N.", TestContext.Current.CancellationToken);
        await UntilAsync(() => home.Slack.Desk.Homes["U0ANA"].Words.Contains("8 active", StringComparison.Ordinal), home);

        // Somebody who only looks is offered nothing that they may not.
        await new SlackUser(home.Slack, "U0VIEWER").LookInAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => home.Slack.Desk.Homes.ContainsKey("U0VIEWER"), home);
        home.Slack.Desk.Homes["U0VIEWER"].Button("Drafts").ShouldBeNull();
        home.Slack.Desk.Homes["U0VIEWER"].Button("Help").ShouldNotBeNull();

        // A guest sees nothing, there or when asking.
        home.Slack.Desk.Guests = new HashSet<string> { "U0GUEST" };
        var guest = new SlackUser(home.Slack, "U0GUEST");
        await guest.LookInAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => home.Slack.Desk.Homes.ContainsKey("U0GUEST"), home);
        home.Slack.Desk.Homes["U0GUEST"].Words.ShouldContain("Guests, and people of other organisations, have no rights here.");
        home.Slack.Desk.Homes["U0GUEST"].Words.ShouldNotContain("active");
        await guest.SayAsync("status", TestContext.Current.CancellationToken);
        await guest.SeesAsync("Guests, and people of other organisations, have no rights here.", TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 600_000)]
    public async Task Doctor_goes_to_slack_and_back_and_names_the_token_that_is_refused()
    {
        await using var slack = await SlackStandIn.StartAsync(TestContext.Current.CancellationToken);
        (slack.Desk.Channels["C0FEED"], slack.Desk.Channels["C0OLD"], slack.Desk.Channels["C0SECRET"]) = (SlackChannelState.NotJoined, SlackChannelState.Archived, SlackChannelState.Unseen);
        string[] channels =
        [
            "--Channels:default:Feed", "slack/C0FEED", "--Channels:default:Incidents", "slack/C0ONCALL", "--Channels:meta:Feed", "slack/C0OLD", "--Channels:meta:Approvals", "slack/C0SECRET",
            "--People:Roles:slack:U0ANA:0", "Marketer", "--People:Roles:slack:U0GUEST:0", "Approver",
        ];
        slack.Desk.Names["U0ANA"] = "Ana N.";
        slack.Desk.Guests = new HashSet<string> { "U0GUEST" };

        var (code, output) = await BotProcess.RunAsync(TestContext.Current.CancellationToken, ["doctor", .. slack.Arguments, .. channels]);
        code.ShouldBe(0, output);
        output.ShouldContain("ok    Slack: Slack:BotToken speaks as U0BOT in the workspace T0CAMP001");
        output.ShouldContain("ok    Slack: #oncall (C0ONCALL) shows incidents");
        output.ShouldContain("the bot is not in #feed (C0FEED): the feed cannot be posted there");
        output.ShouldContain("#old (C0OLD) is archived");
        output.ShouldContain("there is no channel C0SECRET that the bot can see: approvals cannot be posted there");
        output.ShouldContain("/invite @campaigns");
        output.ShouldContain("ok    Slack: U0ANA is Ana N.");
        output.ShouldContain("U0GUEST (U0GUEST) is a guest, of another organisation, or has left: they have no rights");
        output.ShouldContain("ok    Slack: Slack:AppToken may open a connection, and Slack says hello on it");
        output.ShouldNotContain("Slack:BotToken lacks");
        slack.Scopes = string.Join(',', slack.Scopes.Split(',').Except(["files:read", "users:read.email"]));

        (code, output) = await BotProcess.RunAsync(TestContext.Current.CancellationToken, ["doctor", .. slack.Arguments, "--Slack:AppToken", "xapp-another"]);
        code.ShouldBe(1, output);
        output.ShouldContain("Slack:AppToken is refused: Slack refused apps.connections.open: invalid_auth");
        output.ShouldContain("Slack:BotToken lacks files:read, users:read.email");
        output.ShouldContain("Bot Token Scopes (manifest/slack.json has them all)");
        output.ShouldNotContain("xapp-another");
    }

    private static SlackMessage? Stopped(SlackBot home, string channel) => home.Slack.Desk.Messages.FirstOrDefault(
        message => message.User == SlackDesk.Bot && message.Channel == channel && message.Words.Contains("STOPPED i1", StringComparison.Ordinal));

    private static Task InThreadAsync(SlackBot home, string thread, string words, string channel = SlackBot.Ads) =>
        home.Ana.SeesAsync(channel, message => message.Thread == thread && message.Words.Contains(words, StringComparison.OrdinalIgnoreCase), Patience);

    private static Task WhisperAsync(SlackBot home, string person, string words) =>
        UntilAsync(() => home.Slack.Desk.Whispers.Any(whisper => whisper.User == person && whisper.Text.Contains(words, StringComparison.Ordinal)), home);

    private static async Task UntilAsync(Func<bool> isSo, SlackBot home)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        for (var look = 0; !isSo(); look++)
        {
            (look < 600).ShouldBeTrue($"It never came.\n{string.Join("\n---\n", home.Slack.Desk.Messages.TakeLast(12).Select(message => $"{message.Channel} {message.User}: {message.Words}"))}\n{home.Bot.Output}");
            await every.WaitForNextTickAsync(Patience);
        }
    }
}
