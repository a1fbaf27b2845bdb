using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.SlackTerminal;

/// <summary>Does in the workspace what a line says.</summary>
internal sealed class TerminalHands(SlackStandIn slack)
{
    /// <summary>What is said about it here; null when the workspace shows it.</summary>
    public async Task<string?> DoAsync(string typed, CancellationToken cancellationToken)
    {
        if (typed.Trim().Length == 0)
            return null;

        if (TerminalLine.Read(typed) is not { } line)
            return $"\"{typed.Trim()}\" says nothing here.\n{TerminalLine.Help}";

        var user = new SlackUser(slack, line.Who.Id);
        var channel = line.Channel ?? user.Direct;
        switch (line.Does)
        {
            case TerminalLine.Presses:
                return await PressAsync(user, channel, line.With, cancellationToken);
            case TerminalLine.Drops:
                return await DropAsync(user, channel, line.With, cancellationToken);
            case TerminalLine.FillsIn:
                return await FillInAsync(user, line.With, cancellationToken);
            case TerminalLine.LooksHome:
                await user.LookInAsync(cancellationToken);
                return null;
            default:
                var thread = line.InThread ? Last(channel)?.Thread ?? Last(channel)?.Stamp : null;
                await user.SayInAsync(channel, thread, line.With.Replace("@campaigns", $"<@{SlackDesk.Bot}>", StringComparison.OrdinalIgnoreCase), cancellationToken);
                return null;
        }
    }

    private SlackMessage? Last(string channel) => slack.Desk.Messages.LastOrDefault(message => message.Channel == channel && message.User == SlackDesk.Bot);

    private async Task<string?> PressAsync(SlackUser user, string channel, string label, CancellationToken cancellationToken)
    {
        if (slack.Desk.Messages.LastOrDefault(message => message.Channel == channel && message.User == SlackDesk.Bot && message.Button(label) is not null) is not { } on)
            return $"Nothing in {TerminalWorkspace.Called(channel)} has a button \"{label}\".";

        await user.PressAsync(on, label, cancellationToken);
        return null;
    }

    private async Task<string?> DropAsync(SlackUser user, string channel, string names, CancellationToken cancellationToken)
    {
        var files = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (files.Length == 0 || files.FirstOrDefault(file => !File.Exists(file)) is { } missing && missing.Length > 0)
            return $"There is no such file here: {names}";

        var dropped = new List<string>();
        foreach (var file in files)
            dropped.Add(user.Drop(Path.GetFileName(file), await File.ReadAllBytesAsync(file, cancellationToken)));

        await user.SayInAsync(channel, null, "", cancellationToken, [.. dropped]);
        return null;
    }

    private async Task<string?> FillInAsync(SlackUser user, string inputs, CancellationToken cancellationToken)
    {
        if (slack.Desk.Windows.LastOrDefault() is not { } window)
            return "No window was opened.";

        try
        {
            var wrong = await user.FillInAsync(window, cancellationToken, [.. inputs.Split(';').Select(input => input.Split('=', 2)).Where(input => input.Length == 2).Select(input => (input[0].Trim(), input[1].Trim()))]);
            return wrong.Count == 0 ? null : $"The window stays open.\n{string.Join('\n', wrong.Select(one => $"  {one.Key}: {one.Value}"))}";
        }
        catch (InvalidOperationException unknown)
        {
            return unknown.Message;
        }
    }
}
