using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>What cannot work is said at start, in a sentence, and nothing is started.</summary>
public sealed class RefusalTests(RunningBot bot)
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Clock:Speed", "0", "from 1 to 600")]
    [InlineData("Clock:Speed", "601", "from 1 to 600")]
    [InlineData("Clock:Speed", "fast", "Clock:Speed")]
    [InlineData("Clock:Start", "yesterday", "write an hour such as 12:00")]
    [InlineData("Urls", "http://0.0.0.0:3978", "127.0.0.1, localhost or [::1]")]
    [InlineData("Urls", "http://192.0.2.2:3978;http://127.0.0.1:3978", "127.0.0.1, localhost or [::1]")]
    [InlineData("Urls", "http://*:3978", "127.0.0.1, localhost or [::1]")]
    [InlineData("Urls", "http://+:3978", "127.0.0.1, localhost or [::1]")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:3978", "Kestrel:Endpoints is not used here")]
    [InlineData("People:Roles:local:ana:0", "Boss", "People:Roles")]
    [InlineData("Safety:SweepEvery", "never", "Safety:SweepEvery")]
    [InlineData("Database:Provider", "Oracle", "it can be Sqlite or Postgres")]
    [InlineData("Database:Provider", "Postgres", "Database:ConnectionString is not set")]
    [InlineData("Database:ConnectionString", "Host=x", "Set Database:Provider to Postgres")]
    [InlineData("Agent:DecideEvery", "-00:05:00", "Agent:DecideEvery")]
    [InlineData("Slack:BotToken", "xoxp-1-hunter2", "xoxb- (it looks like a user token)")]
    [InlineData("Slack:AppToken", "xapp-1-hunter2", "set it too, or leave them all out")]
    [InlineData("Audit:Key", "hunter2", "openssl rand -base64 32")]
    [InlineData("Data:Folder", "/proc/campaigns", "Name a folder that this program may write to")]
    public async Task A_setting_that_makes_no_sense_is_refused(string key, string value, string says)
    {
        var (exitCode, output) = await BotProcess.RunAsync(Patience, $"--{key}", value);

        exitCode.ShouldBe(1);
        output.ShouldContain(says);
        output.ShouldNotContain("   at ");
        output.ShouldNotContain("The chat is at");
    }

    [Theory]
    [InlineData("--Clock:Sped", "60", "did you mean --Clock:Speed?")]
    [InlineData("--Slak:BotToken", "60", "--Slak:BotToken is no setting of this program; did you mean --Slack:BotToken? All of them")]
    [InlineData("Slack__BotToken=xoxb-1", "--empty", "did you mean --Slack:BotToken?")]
    [InlineData("--bogus", "--empty", "--bogus is no setting of this program. All of them")]
    [InlineData("--Clock:Speed", "--empty", "--Clock:Speed has no value")]
    [InlineData("--empty", "doctor", "A verb comes before every setting")]
    public async Task A_mistyped_setting_is_never_passed_over(string name, string next, string says)
    {
        var (exitCode, output) = await BotProcess.RunAsync(Patience, name, next);

        exitCode.ShouldBe(1);
        output.ShouldContain(says);
    }

    [Fact]
    public async Task A_fast_clock_beside_a_live_network_is_refused()
    {
        var (exitCode, output) = await BotProcess.RunAsync(Patience, "--Clock:Speed", "60", "--AdNetworks:Meta:Mode", "Live");

        exitCode.ShouldBe(1);
        output.ShouldContain("AdNetworks:Meta:Mode is Live, and Clock:Speed is 60");
    }

    [Fact]
    public async Task Data_that_has_seen_a_fast_clock_is_refused_to_a_live_network()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty");
        await bot.StopAsync(Patience);
        await bot.StartAgainAsync(Patience, "--Clock:Speed", "60");
        await bot.StopAsync(Patience);

        var (exitCode, output) = await BotProcess.RunAsync(Patience, "--Data:Folder", bot.Folder, "--AdNetworks:Meta:Mode", "Live", "--Urls", "http://127.0.0.1:0");

        exitCode.ShouldBe(1);
        output.ShouldContain("this data has seen a faster clock");
    }

    [Fact]
    public async Task What_is_set_and_not_built_yet_is_said_at_start()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty", "--LanguageModel:ApiKey", "hunter2", "--LanguageModel:Model", "m-1");

        bot.Output.ShouldContain("LanguageModel:ApiKey is set, but language models are not built yet; the chat reads what you say by its own rules.");
        bot.Output.ShouldContain("LanguageModel:Model is set, but language models are not built yet; the chat reads what you say by its own rules.");
        bot.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_is_told_who_holds_it()
    {
        var (exitCode, output) = await BotProcess.RunAsync(Patience, "--Data:Folder", bot.Folder, "--Urls", "http://127.0.0.1:0");

        exitCode.ShouldBe(1);
        output.ShouldContain($"{bot.Folder} is held by process");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        var (exitCode, output) = await BotProcess.RunAsync(Patience, "--Urls", bot.Address.GetLeftPart(UriPartial.Authority));

        exitCode.ShouldBe(1);
        output.ShouldContain("address already in use");
        output.ShouldContain($"{bot.Address.Port}");
    }

    [Theory]
    [InlineData("migrate")]
    public async Task A_verb_that_is_promised_for_later_says_so(string verb)
    {
        var (exitCode, output) = await BotProcess.RunAsync(Patience, verb);

        exitCode.ShouldBe(2);
        output.ShouldContain($"{verb} is not built yet");
    }

    [Fact]
    public async Task A_word_that_is_no_verb_is_answered_with_the_verbs_there_are()
    {
        var (exitCode, output) = await BotProcess.RunAsync(Patience, "frobnicate");

        exitCode.ShouldBe(2);
        output.ShouldContain("frobnicate");
        output.ShouldContain("audit verify");
    }
}
