using System.Globalization;
using System.Text;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Kit;

/// <summary>
/// A whole conversation as it reads: what people say, and after each turn what everybody sees anew or edited, in plain words.
/// <code>
/// ana: facebook
///   (local/ana, edited) ✓ Step 1 of 7 Network: Meta Ads
///   (local/ana) Step 2 of 7: Creatives
/// </code>
/// </summary>
public sealed class Transcript(ChatBench bench)
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<MessageId, int> _seen = [];
    private readonly FaultLog _faults = new();
    private TurnDispatcher? _present;

    public override string ToString() => _text.ToString();

    /// <summary>What went wrong in a turn; people were told no more than that.</summary>
    public IReadOnlyList<Exception> Faults => _faults.Seen;

    /// <summary>Says lines one after another, as one person.</summary>
    public async Task SayAsync(string person, CancellationToken cancellationToken, params string[] lines)
    {
        foreach (var line in lines)
            await TakeAsync(person, line, bench.Turn(person, line), cancellationToken);
    }

    /// <summary>Drops files into the chat.</summary>
    public async Task DropAsync(string person, CancellationToken cancellationToken, params string[] names)
    {
        foreach (var name in names)
            bench.Channel.Files[name] = Digest.Of(name);

        var turn = bench.Turn(person, null) with { Files = [.. names.Select(name => new ChatFile(name, name, 120_000))] };
        await TakeAsync(person, $"[drops {string.Join(", ", names)}]", turn, cancellationToken);
    }

    /// <summary>Presses a button of the newest card of a kind, with what stands in its inputs.</summary>
    public async Task PressAsync(string person, string verb, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var inputs = string.Join(", ", fields.Where(known => !known.Name.StartsWith('_')).Select(known => $"{known.Name} = {known.Value}"));
        await TakeAsync(person, $"[presses {verb}{(inputs.Length > 0 ? $" with {inputs}" : "")}]", bench.Turn(person, null, ChatBench.Press(verb, fields)), cancellationToken);
    }

    /// <summary>Something happens outside the conversation, for example a sweep.</summary>
    public async Task MeanwhileAsync(string what, Func<Task> happens)
    {
        _text.Append(CultureInfo.InvariantCulture, $"-- {what}\n");
        await happens();
        Listen();
    }

    /// <summary>Everything in memory is gone, as after kill -9; the stores stay.</summary>
    public void Restart()
    {
        _text.Append("-- killed and started again\n");
        _present = Dispatcher(bench.Routes(bench.NewWizard()));
    }

    private async Task TakeAsync(string person, string shown, ChatTurn turn, CancellationToken cancellationToken)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{person}: {shown}\n");
        await (_present ??= Dispatcher(bench.Routes())).HandleAsync(turn, cancellationToken);
        Listen();
    }

    private void Listen()
    {
        foreach (var post in bench.Channel.All)
        {
            if (_seen.GetValueOrDefault(post.Id, -1) == post.Edits)
                continue;

            _text.Append(CultureInfo.InvariantCulture, $"  ({post.Conversation}{(_seen.ContainsKey(post.Id) ? ", edited" : "")}) {post.Message.Text.Replace("\n", "\n    ", StringComparison.Ordinal)}\n");
            _seen[post.Id] = post.Edits;
        }
    }

    private TurnDispatcher Dispatcher(TurnRoutes routes) => new(bench.Chat, bench.Sights, bench.Conversations, routes, bench.Core.Machine, _faults);

    private sealed class FaultLog : ILogger<TurnDispatcher>
    {
        public List<Exception> Seen { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null)
                Seen.Add(exception);
        }
    }
}
