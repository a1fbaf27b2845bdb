using System.Diagnostics;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>scripts/slack-desk.sh without its build: lines go in, and what the bot answers in the workspace comes out.</summary>
public sealed class SlackTerminalTests
{
    private static readonly string Program = BotProcess.Program.Replace($"{Path.DirectorySeparatorChar}Bot{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}SlackTerminal{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        .Replace("ChatOpsCampaigns.Bot.dll", "ChatOpsCampaigns.SlackTerminal.dll", StringComparison.Ordinal);

    [Fact(Timeout = 600_000)]
    public async Task Somebody_without_a_workspace_types_who_says_and_presses_what_and_reads_the_answers()
    {
        var said = await PlayAsync(
            TestContext.Current.CancellationToken, "ana: new campaign", "ana #ads: @campaigns help", "max presses home Status", "max looks home", "max presses home Help", "ana: /campaign whoami", "ana uses one.png", "ana drops nowhere.png", "what?");

        said.ShouldContain("── → ana\n");
        said.ShouldContain("Step 1 of 7");
        said.ShouldContain("── → #ads, in a thread");
        said.ShouldContain("── Home tab of max");
        said.ShouldContain("There is no such file here: nowhere.png");
        said.ShouldContain("\"what?\" says nothing here.");
        said.ShouldContain("The Home tab was not opened yet; type \"max looks home\" first.");
        said.ShouldContain("No file \"one.png\" was dropped yet; drop it first");
        said.IndexOf("Step 1 of 7", StringComparison.Ordinal).ShouldBeInRange(said.IndexOf("> ana: new campaign", StringComparison.Ordinal), said.IndexOf("> ana #ads: @campaigns help", StringComparison.Ordinal));
        said.ShouldContain("You are ana", Case.Insensitive);
    }

    private static async Task<string> PlayAsync(CancellationToken cancellationToken, params string[] lines)
    {
        using var terminal = Process.Start(new ProcessStartInfo("dotnet", [Program, "--empty"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        foreach (var line in lines)
            await terminal.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);

        terminal.StandardInput.Close();
        var said = await terminal.StandardOutput.ReadToEndAsync(cancellationToken);
        await terminal.WaitForExitAsync(cancellationToken);
        terminal.ExitCode.ShouldBe(0, said);
        return said;
    }
}
