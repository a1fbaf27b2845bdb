using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.SlackTerminal;

/// <summary>One line that is typed: who does what, and where.</summary>
/// <param name="Channel">Null: the direct message with the bot.</param>
/// <param name="InThread">In the thread of what the bot said last in that channel.</param>
internal sealed partial record TerminalLine(TerminalPerson Who, string? Channel, bool InThread, string Does, string With)
{
    public const string Says = ":";
    public const string Presses = "presses";
    public const string Drops = "drops";
    public const string FillsIn = "fills in";
    public const string LooksHome = "looks home";
    public const string PressesHome = "presses home";
    public const string Uses = "uses";
    public const string Command = "/campaign";

    public const string Help = """
        What you can type (people: ana, max, olga, robin; channels: #ads, #feed, #approvals, #oncall):
          ana: new campaign                     in ana's direct message with the bot
          ana #ads: @campaigns new campaign     in a channel; there the bot listens to its name
          ana #ads re: facebook                 in the thread of what the bot said last there
          ana presses Launch                    a button, by its label; in a channel: ana #ads presses …
          ana: /campaign status                 the command; in a channel: ana #ads: /campaign …
          ana fills in Budget = 500; Never more than = 750       the window that was opened last, by its labels
          ana drops one.png two.mp4             files of this machine
          ana #ads uses one.png                 the shortcut "Use as creative" on a file that was dropped before
          ana looks home                        the Home tab
          ana presses home Status               a button of it, by its label
          quit
        """;

    /// <summary>Null when it is none.</summary>
    public static TerminalLine? Read(string typed)
    {
        var match = Form().Match(typed.Trim());
        return match.Success && TerminalWorkspace.People.FirstOrDefault(person => string.Equals(person.Called, match.Groups["who"].Value, StringComparison.OrdinalIgnoreCase)) is { } who
            && (!match.Groups["channel"].Success || TerminalWorkspace.Channels.ContainsKey(match.Groups["channel"].Value))
            ? new TerminalLine(
                who, match.Groups["channel"].Success ? TerminalWorkspace.Channels[match.Groups["channel"].Value] : null, match.Groups["thread"].Success, match.Groups["does"].Value, match.Groups["with"].Value.Trim())
            : null;
    }

    [GeneratedRegex(@"^(?<who>\w+)(\s+#(?<channel>\w+))?(?<thread>\s+re(?=:))?\s*(?<does>:|presses home\b|presses\b|uses\b|drops\b|fills in\b|looks home\b)(?<with>.*)$", RegexOptions.Singleline)]
    private static partial Regex Form();
}
