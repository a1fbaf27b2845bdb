using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.SlackTerminal;

/// <summary>The bot, or the sentence with which it did not start.</summary>
internal static class TerminalBot
{
    public static async Task<BotProcess?> TryStartAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await BotProcess.StartAloneAsync(cancellationToken, arguments);
        }
        catch (InvalidOperationException refused)
        {
            Console.WriteLine(refused.Message);
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
