using System.Text.Json.Nodes;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Start;

public sealed class RestartTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Proves(14)]
    [Fact]
    public async Task A_conversation_survives_a_kill()
    {
        await using var bot = await BotProcess.StartAloneAsync(Patience, "--empty");
        string[] before;
        using (var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience))
        {
            await client.SayAsync("who am i", Patience);
            await client.WaitForAsync(IsFromTheBot, Patience);
            before = await IdsAsync(client);
        }

        await bot.KillAsync();
        await bot.StartAgainAsync(Patience);

        using var again = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        // A turn that was answered and not yet marked as done when the kill came is answered once more; nothing is lost.
        (await IdsAsync(again)).Take(before.Length).ShouldBe(before);
        var asked = await again.SayAsync("help", Patience);
        await again.WaitForAsync(activity => IsFromTheBot(activity) && !before.Contains((string?)activity["id"]), Patience);
        (await IdsAsync(again)).ShouldContain(asked);
    }

    [Fact]
    public async Task A_key_that_others_may_read_is_told_at_every_start()
    {
        await using var bot = BotProcess.Waiting(new Dictionary<string, string>(), "--empty");
        var key = Path.Combine(Directory.CreateDirectory(Path.Combine(bot.Folder, "keys")).FullName, "audit.key");
        await File.WriteAllTextAsync(key, Convert.ToBase64String(new byte[32]), Patience);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await bot.StartAgainAsync(Patience);

        bot.Output.ShouldContain($"Warning: others may read audit.key. Repair it with: chmod 600 {key}");
    }

    [Fact]
    public async Task What_was_acknowledged_is_answered_even_when_the_bot_is_killed_at_once()
    {
        await using var bot = await BotProcess.StartAloneAsync(Patience, "--empty");
        using (var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience))
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(number => client.SayAsync($"nonsense number {number}", Patience)));
        }

        await bot.KillAsync();
        await bot.StartAgainAsync(Patience);

        using var again = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        for (var number = 0; number < 10; number++)
        {
            var text = $"nonsense number {number}";
            await again.WaitForAsync(activity => (string?)activity["text"] == text, Patience);
        }

        await WaitForAnswersAsync(again, 10);
    }

    [Fact]
    public async Task Time_that_was_being_moved_ahead_goes_on_from_where_it_was_and_the_person_is_told_how_far_it_came()
    {
        await using var bot = await BotProcess.StartAloneAsync(Patience);
        var before = default(DateTimeOffset);
        using (var client = await ChatClient.OpenAsync(bot.Address, "you", Patience))
        {
            var start = await TimeAsync(client);
            await client.SayAsync("fast forward 7 days", Patience);
            while (before < start.AddHours(2))
                before = await TimeAsync(client);
        }

        await bot.KillAsync();
        await bot.StartAgainAsync(Patience);

        using var again = await ChatClient.OpenAsync(bot.Address, "you", Patience);
        (await TimeAsync(again)).ShouldBeGreaterThanOrEqualTo(before);
        await again.WaitForAsync(activity => activity.ToJsonString().Contains("then cut short", StringComparison.Ordinal), Patience);
    }

    private static async Task<DateTimeOffset> TimeAsync(ChatClient client) => DateTimeOffset.Parse(
        (string)JsonNode.Parse(await client.Http.GetStringAsync("/whoami", Patience))!["campaignTime"]!, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Open_pages_do_not_hold_up_the_end()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty");
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        using var socket = await client.ListenAsync(Patience);
        using var feed = await client.Http.GetAsync("/feed", HttpCompletionOption.ResponseHeadersRead, Patience);
        feed.EnsureSuccessStatusCode();

        (await bot.StopAsync(Patience)).ShouldBe(0);

        bot.Output.ShouldNotContain("fail:");
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_fast_clock_begins_at_noon_once_and_then_goes_on()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty", "--Clock:Speed", "600");
        var before = await CampaignTimeAsync(bot);
        await bot.StopAsync(Patience);

        await bot.StartAgainAsync(Patience);

        (await CampaignTimeAsync(bot)).ShouldBeGreaterThanOrEqualTo(before);
    }

    [Fact]
    public async Task Campaign_time_goes_on_from_where_it_was()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty", "--Clock:Speed", "600", "--Clock:Start", "2030-01-01T00:00:00Z");
        var before = await CampaignTimeAsync(bot);
        await bot.StopAsync(Patience);

        await bot.StartAgainAsync(Patience, "--Clock:Start", "2020-01-01T00:00:00Z");

        before.ShouldBeGreaterThanOrEqualTo(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (await CampaignTimeAsync(bot)).ShouldBeGreaterThanOrEqualTo(before);
    }

    private static async Task<DateTimeOffset> CampaignTimeAsync(BotProcess bot)
    {
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        using var answer = await client.Http.GetAsync("/whoami", Patience);
        return DateTimeOffset.Parse((string)(await ChatClient.ReadAsync(answer, Patience))["campaignTime"]!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsFromTheBot(JsonObject activity) => (string?)activity["from"]?["role"] == "bot";

    private static async Task<string[]> IdsAsync(ChatClient client) =>
        [.. (await client.ActivitiesAsync(Patience)).Select(activity => (string)activity["id"]!)];

    private static async Task WaitForAnswersAsync(ChatClient client, int count)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while ((await client.ActivitiesAsync(Patience)).Count(IsFromTheBot) < count)
            await every.WaitForNextTickAsync(Patience);
    }
}
