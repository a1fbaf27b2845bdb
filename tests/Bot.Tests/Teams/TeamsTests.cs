using System.Text.Json.Nodes;
using ChatOpsCampaigns.Bot.Tests.Slack;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Bot.Tests.Teams;

/// <summary>Teams from the first word to a launch, and what Teams does to a bot, against a stand-in over real sockets.</summary>
public sealed class TeamsTests
{
    private const string Whole =
        "launch app installs for https://apps.apple.com/app/id1234567890 on facebook in the US and canada, 18-44, $2000 a day, max $2500, cost cap $12, max bid $15, balanced, start now";

    [Proves(11)]
    [Fact(Timeout = 600_000)]
    public async Task The_typed_path_with_a_dropped_picture_and_a_step_in_a_window_launch_a_campaign_over_a_restart()
    {
        await using var home = await TeamsBot.StartAloneAsync(TestContext.Current.CancellationToken, "--Clock:Speed", "60");
        var ana = home.Ana;

        await ana.SayAsync("new campaign", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 1 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("facebook", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 2 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("", TestContext.Current.CancellationToken, ana.Drop("one.png", SlackBot.Picture()));
        await ana.SeesAsync("So far: 1 (1 image)", TestContext.Current.CancellationToken);
        await ana.SayAsync("done", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 3 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("app install, installs, ios, https://apps.apple.com/app/id1234567890", TestContext.Current.CancellationToken);

        var targeting = await ana.SeesAsync(ana.Direct, message => message.Words.Contains("Step 4 of 7", StringComparison.Ordinal) && message.Button("Next") is not null, TestContext.Current.CancellationToken);
        var window = await ana.OpenAsync(targeting, TestContext.Current.CancellationToken);
        ((string?)window["value"]!["title"]).ShouldNotBeNull().ShouldStartWith("Step 4 of 7");
        var again = await ana.FillInAsync(targeting, window, TestContext.Current.CancellationToken, ("Countries", "US, CA"), ("Ages", "44-18"));
        TeamsMessage.WordsOf((JsonObject)again.ShouldNotBeNull()["value"]!["card"]!["content"]!).ShouldContain("⚠");
        await ana.SayAsync("US, CA; 18-44; all", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 5 of 7", TestContext.Current.CancellationToken);

        await home.Bot.KillAsync();
        var said = ana.SayAsync("$500/day, max $750, cost cap $12, max bid $15", TestContext.Current.CancellationToken);
        await home.Bot.StartAgainAsync(TestContext.Current.CancellationToken);
        await said;
        await ana.SeesAsync("Step 6 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("balanced, min roas 2.0, max cpa $18", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 7 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("start tomorrow 9am", TestContext.Current.CancellationToken);
        await ana.SeesAsync(ana.Direct, message => message.Button("Approve and launch") is not null, TestContext.Current.CancellationToken);
        await ana.SayAsync("launch", TestContext.Current.CancellationToken);

        await ana.SeesAsync("launched as c1", TestContext.Current.CancellationToken);
        (await ana.SeesAsync("scheduled", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        await home.UntilAsync(() => SimulatedRecord.Running(home.Bot.Folder).Count == 1, TestContext.Current.CancellationToken);
        SimulatedRecord.Scheduled(home.Bot.Folder).ShouldSatisfyAllConditions(made => made.StartsAt.ShouldNotBeNull(), made => made.Ads.ShouldBe(1));
        home.Teams.Desk.Messages.ShouldAllBe(message => message.Chat == ana.Direct);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_request_shows_its_buttons_to_whoever_may_decide_and_only_they_decide()
    {
        await using var home = await TeamsBot.StartAsync(TestContext.Current.CancellationToken, "--Clock:Speed", "60");
        var (ana, max, olga) = (home.Ana, home.Max, home.Olga);
        // Whoever has not written to the bot yet has no id of it.
        await max.SayAsync("who am i", TestContext.Current.CancellationToken);
        await max.SeesAsync("Approver", TestContext.Current.CancellationToken);
        await ana.SayAsync(Whole, TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 2 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("", TestContext.Current.CancellationToken, ana.Drop("one.png", SlackBot.Picture()));
        await ana.SeesAsync("Step 7 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("launch", TestContext.Current.CancellationToken);

        var request = await ana.SeesAsync(TeamsBot.Requests, message => message.Words.Contains("Request a1", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        request.Words.ShouldContain("Ana N.", customMessage: "people are shown by their names");
        TeamsMessage.Button(await ana.LookAsync(request, TestContext.Current.CancellationToken), "Approve").ShouldBeNull();
        TeamsMessage.Button(await olga.LookAsync(request, TestContext.Current.CancellationToken), "Approve").ShouldBeNull();
        var forMax = await max.LookAsync(request, TestContext.Current.CancellationToken);
        var approve = TeamsMessage.Button(forMax, "Approve").ShouldNotBeNull();

        // A button that somebody got hold of does nothing for whoever may not press it.
        await ana.PressAsync(request, approve, TestContext.Current.CancellationToken);
        await olga.PressAsync(request, approve, TestContext.Current.CancellationToken);
        foreach (var (person, role) in new[] { (ana, "Marketer"), (olga, "On-call") })
            await person.SeesAsync($"\"approve\" needs Approver or Admin; you are {role}.", TestContext.Current.CancellationToken);

        SimulatedRecord.Running(home.Bot.Folder).ShouldBeEmpty();

        var shown = await max.PressAsync(request, approve, TestContext.Current.CancellationToken);
        ((int)shown["statusCode"]!).ShouldBe(200);

        await home.UntilAsync(() => home.Teams.Desk.Messages.Single(message => message.Id == request.Id).Words.Contains("Approved by Max N.", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await home.UntilAsync(() => SimulatedRecord.Running(home.Bot.Folder).Count == 1, TestContext.Current.CancellationToken);
        home.Teams.Desk.Messages.Single(message => message.Id == request.Id).Button("Approve").ShouldBeNull();

        // The same press once more is the same press.
        await max.PressAsync(request, approve, TestContext.Current.CancellationToken);
        SimulatedRecord.Running(home.Bot.Folder).ShouldHaveSingleItem();
    }

    /// <summary>What is wrong with a request, and what it is answered with.</summary>
    private static readonly (string What, int Status)[] Refused =
    [
        ("no token", 401), ("another issuer", 401), ("a token of Entra", 401), ("expired", 401), ("a forger's key", 401), ("alg none", 401), ("another audience", 403),
        ("another tenant", 403), ("a spoofed service URL", 403), ("a key that is not endorsed", 403),
    ];

    private static (string? Token, JsonObject Activity) Forged(TeamsStandIn teams, JsonObject said, string what)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (activity, claims) = ((JsonObject)said.DeepClone(), TeamsKeys.Claims(TeamsDesk.App, teams.Service, now));
        switch (what)
        {
            case "another issuer": claims["iss"] = "https://login.example.com"; break;
            case "expired": claims["exp"] = now.AddMinutes(-6).ToUnixTimeSeconds(); break;
            case "another audience": claims["aud"] = "00000000-0000-0000-0000-00000000ffff"; break;
            case "another tenant": activity["conversation"]!["tenantId"] = "00000000-0000-0000-0000-00000000eeee"; break;
            case "a spoofed service URL": activity["serviceUrl"] = "http://127.0.0.1:9/emea/"; break;
        }

        return (what switch
        {
            "no token" => null,
            "a forger's key" => TeamsKeys.Forge(claims, "k1"),
            "alg none" => teams.Keys.Sign(claims, algorithm: "none"),
            "a key that is not endorsed" => teams.Keys.Sign(claims, "bare"),
            "a token of Entra" => teams.SignIns.Sign(TeamsKeys.SignIn(TeamsDesk.App, TeamsDesk.Tenant, "00000000-0000-0000-0000-00000000a1a1", now)),
            _ => teams.Keys.Sign(claims),
        }, activity);
    }

    [Fact(Timeout = 600_000)]
    public async Task What_is_forged_is_refused_and_has_no_effect_and_the_same_activity_twice_counts_once()
    {
        await using var home = await TeamsBot.StartAsync(TestContext.Current.CancellationToken);
        var teams = home.Teams;
        teams.Keys.Add("bare", null);
        var said = home.Ana.Saying(home.Ana.Direct, "who am i");
        foreach (var (what, status) in Refused)
        {
            var (token, activity) = Forged(teams, said, what);
            (await teams.DeliverOnceAsync(activity, token, TestContext.Current.CancellationToken)).Status.ShouldBe(status, what);
        }

        teams.Desk.Messages.ShouldBeEmpty();
        teams.Calls.ShouldBeEmpty();

        for (var time = 0; time < 20; time++)
            (await teams.DeliverAsync(said, TestContext.Current.CancellationToken)).Status.ShouldBe(200);

        await home.Ana.SeesAsync("Marketer", TestContext.Current.CancellationToken);
        await home.Ana.SayAsync("drafts", TestContext.Current.CancellationToken);
        await home.Ana.SeesAsync("drafts", TestContext.Current.CancellationToken);
        teams.Desk.Messages.Count(message => message.Words.Contains("Marketer", StringComparison.Ordinal)).ShouldBe(1);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var path in new[] { "", "teams/tab", "teams/tab/dashboard", "app.js", "whoami", "feed", "cards", "v3/directline/conversations" })
            ((int)(await http.GetAsync(new Uri(teams.Door!, path), TestContext.Current.CancellationToken)).StatusCode).ShouldBe(404, path);
        using var local = await http.PostAsync(new Uri(home.Bot.Address, "api/messages"), new StringContent(said.ToJsonString()), TestContext.Current.CancellationToken);
        ((int)local.StatusCode).ShouldBe(403);
    }

    [Fact(Timeout = 600_000)]
    public async Task In_a_channel_nobody_meets_silence_and_files_go_to_the_chat_with_each_other()
    {
        await using var home = await TeamsBot.StartAsync(TestContext.Current.CancellationToken);
        var ana = home.Ana;
        await ana.AddAppAsync(TeamsBot.Ads, TestContext.Current.CancellationToken);
        await home.UntilAsync(() => home.Teams.Desk.Messages.Any(message => message.Chat == TeamsBot.Ads), TestContext.Current.CancellationToken);

        const string thread = $"{TeamsBot.Ads};messageid=1767225600001";
        await ana.SayInAsync(thread, "@Campaigns new campaign", TestContext.Current.CancellationToken);
        var first = await ana.SeesAsync(TeamsBot.Ads, message => message.Words.Contains("Step 1 of 7", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        first.Thread.ShouldBe("1767225600001");
        first.Words.ShouldContain("write @Campaigns before your answer");
        await ana.SayInAsync(thread, "@Campaigns facebook", TestContext.Current.CancellationToken);
        var files = await ana.SeesAsync(TeamsBot.Ads, message => message.Words.Contains("Step 2 of 7", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        files.Words.ShouldContain("Teams gives me no files from a channel");

        var notice = await ana.PressAsync(files, "Send the files to me", TestContext.Current.CancellationToken);
        ((string?)notice["value"]).ShouldNotBeNull().ShouldContain("drop the files there");
        await ana.SeesAsync("Step 2 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("", TestContext.Current.CancellationToken, ana.Drop("one.png", SlackBot.Picture()));
        await ana.SeesAsync("So far: 1 (1 image)", TestContext.Current.CancellationToken);
        await ana.SayAsync("done", TestContext.Current.CancellationToken);
        await ana.SeesAsync("It goes on where you began it", TestContext.Current.CancellationToken);
        var objective = await ana.SeesAsync(TeamsBot.Ads, message => message.Words.Contains("Step 3 of 7", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        objective.Thread.ShouldBe("1767225600001");
        await ana.SayInAsync(thread, "@Campaigns app install, installs, ios, https://apps.apple.com/app/id1234567890", TestContext.Current.CancellationToken);
        await ana.SeesAsync(TeamsBot.Ads, message => message.Words.Contains("Step 4 of 7", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        // Where the team shows us everything, an answer in our thread needs no mention, and nothing says otherwise any more.
        await ana.SayInAsync(thread, "US, CA; 18-44; all", TestContext.Current.CancellationToken);
        (await ana.SeesAsync(TeamsBot.Ads, message => message.Words.Contains("Step 5 of 7", StringComparison.Ordinal), TestContext.Current.CancellationToken)).Words.ShouldNotContain("only what names me");

        // Both activities of an installation greet once.
        home.Teams.Desk.Messages.Count(message => message.Chat == TeamsBot.Ads && message.Thread is null).ShouldBe(1);
        await ana.RemoveAppAsync(TeamsBot.Ads, TestContext.Current.CancellationToken);
        var before = home.Teams.Calls.Count(call => call.Contains("19:ads", StringComparison.Ordinal));
        await ana.SayAsync("drafts", TestContext.Current.CancellationToken);
        await ana.SeesAsync("draft", TestContext.Current.CancellationToken);
        home.Teams.Calls.Count(call => call.Contains("19:ads", StringComparison.Ordinal)).ShouldBe(before);
    }

    [Fact(Timeout = 600_000)]
    public async Task Doctor_looks_at_keys_and_secret_and_says_what_puts_them_right()
    {
        await using var teams = await TeamsStandIn.StartAsync(TestContext.Current.CancellationToken);
        string[] door = ["--Public:Urls", $"http://127.0.0.1:{Ports.Free()}"];

        var (code, output) = await BotProcess.RunAsync(TestContext.Current.CancellationToken, ["doctor", .. teams.Arguments, .. door]);
        code.ShouldBe(0, output);
        output.ShouldContain("ok    Teams: the Connector signs with 1 keys");
        output.ShouldContain("ok    Teams: Entra gives a token for Teams:AppId");

        (code, output) = await BotProcess.RunAsync(TestContext.Current.CancellationToken, ["doctor", .. teams.Arguments, .. door, "--Teams:ClientSecret", "another-secret"]);
        code.ShouldBe(1, output);
        output.ShouldContain("Teams:ClientSecret is refused: Teams refused the token: invalid_client");
        output.ShouldNotContain("another-secret");
    }

    [Fact(Timeout = 600_000)]
    public async Task A_playground_on_this_machine_needs_no_token_and_only_there()
    {
        await using var teams = await TeamsStandIn.StartAsync(TestContext.Current.CancellationToken);
        await using var bot = await BotProcess.StartAsync(TestContext.Current.CancellationToken, "--empty", "--environment", "Development", "--Teams:AllowLocalClients", "true");
        teams.Door = bot.Address;
        var said = new TeamsUser(teams, "Ana", "00000000-0000-0000-0000-00000000a1a1").Saying("a:ana", "help");

        (await teams.DeliverOnceAsync(said, null, TestContext.Current.CancellationToken)).Status.ShouldBe(200);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var tunnelled = new HttpRequestMessage(HttpMethod.Post, new Uri(bot.Address, "api/messages")) { Content = new StringContent(said.ToJsonString()) };
        tunnelled.Headers.Add("X-Forwarded-For", "203.0.113.7");
        ((int)(await http.SendAsync(tunnelled, TestContext.Current.CancellationToken)).StatusCode).ShouldBe(403);
    }
}
