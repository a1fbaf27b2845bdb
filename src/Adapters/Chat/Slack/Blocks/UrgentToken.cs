using System.Text.Json.Nodes;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>
/// A button that stops everything says so itself, behind what it is known by: whoever presses it waits for no database. Nothing is trusted that is not said by anybody
/// in words: what may be done is asked of the person.
/// </summary>
internal static class UrgentToken
{
    private const char Says = ' ';

    public static string Of(string token, JsonObject action) =>
        UrgentOrder.IsSaying(action.Text("verb")) && UrgentOrder.In((action["data"] as JsonObject)?.Text("_target")) is { } order ? $"{token}{Says}{order}" : token;

    /// <summary>The token as cards know it, and the words; null where there are none.</summary>
    public static (string Token, string? Order) Read(string written) =>
        written.Split(Says, 2) is [var token, var said] ? (token, UrgentOrder.In(said)) : (written, null);
}
