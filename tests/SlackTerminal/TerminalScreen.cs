using System.Text.Json.Nodes;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.SlackTerminal;

/// <summary>Prints what people of the workspace see, as it comes and as it changes.</summary>
internal sealed class TerminalScreen(SlackDesk desk, TextWriter screen)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>An answer has several messages; the next follows sooner than this.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, SlackMessage> _shown = [];
    private int _whispers;
    private int _windows;
    private int _printed;
    private DateTimeOffset _last = TimeProvider.System.GetUtcNow();

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        using var every = new PeriodicTimer(Pace, TimeProvider.System);
        while (await every.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var message in desk.Messages.Where(message => message.User == SlackDesk.Bot))
                ShowAnew($"{message.Channel} {message.Stamp}", message, $"→ {TerminalWorkspace.Called(message.Channel)}{(message.Thread is null ? "" : ", in a thread")}");

            foreach (var (person, home) in desk.Homes)
                ShowAnew($"home {person}", home, $"Home tab of {TerminalWorkspace.Called($"D{person[1..]}")}");

            foreach (var (channel, user, text) in desk.Whispers.Skip(_whispers).ToList())
            {
                _whispers++;
                Print($"→ {TerminalWorkspace.Called($"D{user[1..]}")} alone, in {TerminalWorkspace.Called(channel)}", text, []);
            }

            foreach (var window in desk.Windows.Skip(_windows).ToList())
            {
                _windows++;
                Print("a window", (string?)window["title"]?["text"] ?? "", window["blocks"]!.AsArray().Select(block => (string?)block!["label"]?["text"]).OfType<string>());
            }
        }
    }

    /// <summary>Until nothing was printed for five seconds.</summary>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        _last = TimeProvider.System.GetUtcNow();
        while (TimeProvider.System.GetUtcNow() - _last < Quiet)
            await Task.Delay(Pace, TimeProvider.System, cancellationToken);
    }

    /// <summary>Until something was printed since <paramref name="before"/> and nothing more for a second, or nothing comes for five.</summary>
    public async Task AnsweredAsync(int before, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetUtcNow();
        while (TimeProvider.System.GetUtcNow() is var now && (_printed == before ? now - began < Quiet : now - _last < Between))
            await Task.Delay(Pace, TimeProvider.System, cancellationToken);
    }

    /// <summary>How often something was printed.</summary>
    public int Printed => _printed;

    private void ShowAnew(string key, SlackMessage message, string where)
    {
        var known = _shown.GetValueOrDefault(key);
        if (known is not null && known.Text == message.Text && JsonNode.DeepEquals(known.Blocks, message.Blocks))
            return;

        _shown[key] = message;
        Print($"{where}{(known is null ? "" : " (changed)")}", message.Shown, message.Labels);
    }

    private void Print(string where, string words, IEnumerable<string> labels)
    {
        _last = TimeProvider.System.GetUtcNow();
        _printed++;
        screen.WriteLine($"── {where}");
        foreach (var line in words.Split('\n').Where(line => line.Trim().Length > 0))
            screen.WriteLine($"   {line.TrimEnd()}");

        if (string.Join(" ", labels.Select(label => $"[{label}]")) is { Length: > 0 } buttons)
            screen.WriteLine($"   {buttons}");
    }
}
