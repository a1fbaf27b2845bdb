using ChatOpsCampaigns.Kit;
using Microsoft.Playwright;

namespace ChatOpsCampaigns.Browser.Tests;

/// <summary>The README is followed as it stands there: what cannot be typed, or does not come, is found here.</summary>
public sealed class TourTests(Browser browser)
{
    private const string Fault = "simulate runaway";
    private const string Stop = "STOPPED ";
    private const string Resume = "resume";

    /// <summary>A quarter of an hour of campaign time at the tour's speed, and something for a busy machine.</summary>
    private static readonly TimeSpan UntilTheFiguresAreIn = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tour_of_the_README_is_followed_word_for_word()
    {
        var tour = Tour.Read();
        await using var bot = await BotProcess.StartAsync(Cancel, [.. tour.Arguments]);
        await using var chat = await browser.OpenAsync(bot, person: null);
        await Assertions.Expect(chat.Page.Locator("#clock")).ToContainTextAsync("60× as fast");

        var said = "";
        foreach (var step in tour.Steps)
            said = await FollowAsync(step, said, tour, bot, chat);
    }

    [Fact]
    public void The_tour_ends_with_a_stop_that_its_reader_caused_and_can_answer()
    {
        var tour = Tour.Read();

        tour.UntilTheStop.ShouldBe(TimeSpan.FromMinutes(3));
        tour.Steps.OfType<Tour.Step.Say>().Select(say => say.Text).ShouldContain(text => text.StartsWith(Fault, StringComparison.Ordinal));
        tour.Steps.OfType<Tour.Step.See>().Count(see => see.Text.StartsWith(Stop, StringComparison.Ordinal)).ShouldBe(1);
        new[] { "Ack", "Resume", "Roll back…" }.ShouldBeSubsetOf(tour.Steps.OfType<Tour.Step.See>().Select(see => see.Text));
    }

    [Fact]
    public void The_lines_that_the_README_gives_to_type_are_the_ones_that_are_tested() =>
        Tour.BlockUnder("## The same, typed word for word").ShouldBe(FirstLaunchTests.TypedPath);

    /// <returns>What was said last.</returns>
    private async Task<string> FollowAsync(Tour.Step step, string said, Tour tour, BotProcess bot, ChatPage chat)
    {
        switch (step)
        {
            case Tour.Step.Say say:
                await chat.SayAsync(say.Text);
                return say.Text;
            case Tour.Step.See see when said == Resume:
                await SayAgainAsync(chat, said, see.Text);
                return said;
            case Tour.Step.See see:
                await chat.AnsweredAsync(said, see.Text, see.Text.StartsWith(Stop, StringComparison.Ordinal) ? tour.UntilTheStop : null);
                return said;
            case Tour.Step.Be be:
                await using (var beside = await browser.OpenAsync(bot, be.Person))
                    await beside.AnswersAsync("who am i", be.Role);
                return said;
            default:
                await chat.DropAsync(Files.Square("tour.png"));
                return said;
        }
    }

    /// <summary>While the figures are not in, the reader is told until when to wait, and says it again.</summary>
    private static async Task SayAgainAsync(ChatPage chat, string said, string seen)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var every = new PeriodicTimer(TimeSpan.FromSeconds(2), TimeProvider.System);
        while (await every.WaitForNextTickAsync(Cancel) && !await chat.HasAnsweredAsync(said, seen))
        {
            (TimeProvider.System.GetElapsedTime(began) < UntilTheFiguresAreIn).ShouldBeTrue($"\"{seen}\" never came. The page's end was:\n{string.Join("\n--\n", (await chat.TextsAsync()).TakeLast(6))}");
            await chat.SayAsync(said);
        }
    }
}
