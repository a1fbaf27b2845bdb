using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

/// <summary>One verb: its declaration and what it does. The permission was checked and the arguments were read before it is called.</summary>
public interface ICommand
{
    Verb Verb { get; }

    /// <summary>What it can be done to by <paramref name="by"/> at the moment.</summary>
    Suiting SuitingTo(Person by) => Suiting.Any;

    /// <summary>What to ask before anything is done, or null when it may be done at once.</summary>
    Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => Task.FromResult<Confirmation?>(null);

    Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken);
}

/// <summary>A command that lowers or raises, by what is said: what lowers waits for the chat's word about whoever says it no more than a pause does.</summary>
public interface ILowers : ICommand
{
    bool Lowers(VerbCall call);
}

/// <summary>"Raise from $500 to $600?" with what it would do, line by line.</summary>
public sealed record Confirmation(string Asks)
{
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>What "yes" is bound to where the lines say more than that, such as how long ago something was; null is the lines themselves.</summary>
    public string? About { get; init; }

    /// <summary>The question as "yes" is bound to it, where it names a time that goes on, such as an hour ago; null is the question itself.</summary>
    public string? AsksAs { get; init; }

    /// <summary>What is asked once more after a yes to this; null when one yes is enough.</summary>
    public Confirmation? Then { get; init; }

    /// <summary>The amount that, typed once more, is a yes; null when only a yes is.</summary>
    public Money? Amount { get; init; }

    /// <summary>A yes is to something else than the command itself, such as asking a second person: when nothing has to be asked any more, nothing is done.</summary>
    public bool OnlyAsAsked { get; init; }

    /// <summary>What was shown: "yes" to anything else asks again.</summary>
    public Digest Shown => Digest.Of(string.Join('\n', [AsksAs ?? Asks, .. About is { } about ? [about] : Lines]));
}

/// <summary>A verb with its arguments read.</summary>
/// <param name="Texts">What was said for each argument, by the argument's name: what a confirmation repeats.</param>
/// <param name="Values">What it was read as: <see cref="Campaigns.Campaign"/>, <see cref="Money"/>, <see cref="TimeSpan"/>, words.</param>
public sealed record VerbCall(Verb Verb, ImmutableDictionary<string, string> Texts, ImmutableDictionary<string, object> Values)
{
    /// <summary>The button that was pressed, with what it was made for; empty when the verb was typed.</summary>
    public ImmutableDictionary<string, string> Pressed { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What was asked once more was confirmed too.</summary>
    public bool Sure { get; init; }

    public Campaign Campaign => Get<Campaign>("name");

    public T Get<T>(string argument) => (T)Values[argument];

    public T? Find<T>(string argument) where T : class => Values.GetValueOrDefault(argument) as T;

    public bool Has(string argument) => Values.ContainsKey(argument);

    /// <summary>The canonical line that says the same.</summary>
    public string Line => string.Join(
        ' ',
        [Verb.Name, .. Verb.Arguments.Where(argument => Texts.ContainsKey(argument.Name)).Select(argument => VerbGrammar.Written(argument, Texts[argument.Name]))]);
}
