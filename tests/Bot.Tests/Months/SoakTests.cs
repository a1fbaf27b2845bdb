using System.Diagnostics;
using ChatOpsCampaigns.Adapters.Persistence.Retention;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Kit.Faults;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>The whole program for a month of campaign time, with what is past its time going every hour.</summary>
public sealed class SoakTests
{
    private const int StepsADay = 288;
    private const int StepsAnHour = 12;

    /// <summary>By then every window that the rules look back by is full, and what comes about after weeks for the first time has been loaded once.</summary>
    private const int DaysToFill = 25;

    /// <summary>Set where it runs in a process of its own: what tests beside it hold would be counted too.</summary>
    private const string IsAlone = "CAMPAIGNS_SOAK_ALONE";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Length", "Long")]
    public async Task Thirty_days_take_less_than_five_percent_more_memory()
    {
        if (Environment.GetEnvironmentVariable(IsAlone) is null)
        {
            await RunAloneAsync(nameof(Thirty_days_take_less_than_five_percent_more_memory));
            return;
        }

        await using var bot = await WholeBot.OpenAsync(new FaultPlan(1, 0) { IsOn = false });
        var ana = await bot.PersonAsync("ana");
        foreach (var network in new[] { "Meta", "TikTok" })
        {
            var draft = await bot.DraftAsync($"d-{network}", network);
            await bot.Get<LaunchDesk>().RequestAsync(draft, ana, LaunchDesk.DigestOf(draft), Cancel);
        }

        await LiveAsync(bot, DaysToFill);
        var before = Held(bot);
        for (var days = 10; days <= 30; days += 10)
        {
            await LiveAsync(bot, 10);
            TestContext.Current.TestOutputHelper?.WriteLine($"{before / 1024:N0} KB, {days} days later {Held(bot) / 1024:N0} KB");
        }

        var after = Held(bot);
        ((double)after / before).ShouldBeLessThan(1.05);
    }

    private static async Task RunAloneAsync(string test)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SoakTests).Assembly.Location, "-method", $"*.{test}", "-noColor", "-showLiveOutput"]) { RedirectStandardOutput = true };
        start.Environment[IsAlone] = "yes";
        using var alone = Process.Start(start)!;
        var said = await alone.StandardOutput.ReadToEndAsync(Cancel);
        await alone.WaitForExitAsync(Cancel);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', said.Split('\n').Where(line => line.Contains("KB", StringComparison.Ordinal))));
        alone.ExitCode.ShouldBe(0, said);
    }

    private static async Task LiveAsync(WholeBot bot, int days)
    {
        for (var step = 0; step < days * StepsADay; step++)
        {
            await bot.StepAsync();
            if (step % StepsADay == 0)
                await AnsweredAsync(bot);

            if (step % StepsAnHour > 0)
                continue;

            while (await bot.Get<Housekeeping>().DoSomeAsync(bot.Clock.GetUtcNow(), bot.Machine.GetUtcNow(), Cancel))
            {
                // Part after part until nothing is past its time.
            }
        }
    }

    /// <summary>Somebody looks once a day, so that what was stopped runs again and the month is one of work.</summary>
    private static async Task AnsweredAsync(WholeBot bot)
    {
        var olga = await bot.PersonAsync("olga");
        foreach (var incident in await bot.Get<IIncidentStore>().OpenAsync(Cancel))
            await WholeBot.TryAsync(() => bot.Get<IncidentDesk>().ResumeAsync(incident.Id, olga, Cancel));
    }

    /// <summary>What the program holds; what this test wrote down about it is thrown away before.</summary>
    private static long Held(WholeBot bot)
    {
        bot.Mutations.Clear();
        bot.Told.Messages.Clear();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
