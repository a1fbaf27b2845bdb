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
            case TerminalLine.PressesHome:
                return await PressHomeAsync(user, line.With, cancellationToken);
            case TerminalLine.Uses:
                return await UseAsync(user, channel, line.With, cancellationToken);
            case TerminalLine.Drops:
                return await DropAsync(user, channel, line.With, cancellationToken);
            case TerminalLine.FillsIn:
                return await FillInAsync(user, line.With, cancellationToken);
            case TerminalLine.LooksHome:
                await user.LookInAsync(cancellationToken);
                return null;
            case TerminalLine.Says when line.With.Split(' ', 2) is [TerminalLine.Command, .. var more]:
                await user.CommandAsync(channel, more.FirstOrDefault() ?? "", cancellationToken);
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

    private async Task<string?> PressHomeAsync(SlackUser user, string label, CancellationToken cancellationToken)
    {
        if (!slack.Desk.Homes.TryGetValue(user.Id, out var home))
            return $"The Home tab was not opened yet; type \"{TerminalWorkspace.Called(user.Direct)} looks home\" first.";

        if (home.Button(label) is null)
            return $"The Home tab has no button \"{label}\"; it has {string.Join(", ", home.Labels.Distinct().Select(one => $"[{one}]"))}.";

        await user.PressHomeAsync(label, cancellationToken);
        return null;
    }

    private async Task<string?> UseAsync(SlackUser user, string channel, string name, CancellationToken cancellationToken)
    {
        if (slack.Desk.Files.FirstOrDefault(file => string.Equals(file.Value.Name, name, StringComparison.OrdinalIgnoreCase)).Key is not { } file)
            return $"No file \"{name}\" was dropped yet; drop it first, as in \"max #ads drops {(name.Length > 0 ? name : "one.png")}\".";

        await user.UseAsCreativeAsync(channel, user.Id, file, cancellationToken);
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
