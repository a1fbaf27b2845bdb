using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using ChatOpsCampaigns.SlackTerminal;

using var ends = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    ends.Cancel();
};
await using var slack = await SlackStandIn.StartAsync(ends.Token);
foreach (var person in TerminalWorkspace.People)
    slack.Desk.Names[person.Id] = person.Name;

if (await TerminalBot.TryStartAsync([.. slack.Arguments, .. TerminalWorkspace.Settings, .. args], ends.Token) is not { } started)
    return 1;

await using var bot = started;
Console.WriteLine($"The bot is in the workspace; its own page is {bot.Address}\n\n{TerminalLine.Help}\n");
var screen = new TerminalScreen(slack.Desk, Console.Out);
var showing = screen.ShowAsync(ends.Token);
var hands = new TerminalHands(slack);
try
{
    while (await Console.In.ReadLineAsync(ends.Token) is { } typed && typed.Trim() != "quit")
    {
        // Lines out of a file are shown, and each waits for what the bot says to the one before.
        if (Console.IsInputRedirected && typed.Trim().Length > 0)
            Console.WriteLine($"> {typed.Trim()}");

        var before = screen.Printed;
        if (await hands.DoAsync(typed, ends.Token) is { } says)
            Console.WriteLine(says);
        else if (Console.IsInputRedirected && typed.Trim().Length > 0)
            await screen.AnsweredAsync(before, ends.Token);
    }
}
catch (OperationCanceledException)
{
    // Ctrl-C.
}

// What was said last is answered before the end when lines come out of a file.
if (Console.IsInputRedirected)
    await screen.QuietAsync(ends.Token);

await ends.CancelAsync();
await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
return 0;
