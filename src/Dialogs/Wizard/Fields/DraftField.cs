using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>What a field may look at while it reads.</summary>
/// <param name="Own">The person is being asked for this field's step: bare values count, not only labelled ones.</param>
/// <param name="Sentence">Free prose: only what is unmistakable counts.</param>
public sealed record FieldContext(
    CampaignDraft Draft, IReadOnlyList<NetworkProfile> Networks, NetworkProfile? Profile, Currency Currency, TimeZoneInfo Zone, DateTimeOffset Now,
    bool Own = false, bool Sentence = false)
{
    /// <summary>Every ad account that is set up.</summary>
    public IReadOnlyList<AdAccount> Accounts { get; init; } = [];

    /// <summary>Ways of telling somebody that work on this installation.</summary>
    public AlertChannels SetUp { get; init; } = AlertChannels.Email | AlertChannels.Chat | AlertChannels.Sms | AlertChannels.Push;

    /// <summary>Who is told when nobody says: as usual, as far as it works here.</summary>
    public AlertChannels Told => (new AutomationSettings().Notify & SetUp) | AlertChannels.Chat;

    /// <summary>The chosen network's accounts; those of all networks before one is chosen.</summary>
    public IEnumerable<AdAccount> AccountsHere => Profile is { } profile ? Accounts.Where(account => account.Network == profile.Name) : Accounts;
}

/// <summary>A place in the text that a field understood, or recognised and found wrong.</summary>
public sealed record Found(int At, int Length, Func<CampaignDraft, CampaignDraft>? Apply, string? Problem)
{
    /// <summary>Countries: it changes the list that there is, instead of beginning a new one.</summary>
    public bool Joins { get; init; }

    /// <summary>Countries that are to be left out.</summary>
    public IReadOnlyList<string> Leaves { get; init; } = [];

    /// <summary>What became of the words, where that is not what they say.</summary>
    public string? Note { get; init; }

    /// <summary>The country that a misspelt one is nearest to.</summary>
    public string? Suggests { get; init; }

    public static Found Right(Group words, Func<CampaignDraft, CampaignDraft> apply) => new(words.Index, words.Length, apply, null);

    public static Found Wrong(Group words, string says) => new(words.Index, words.Length, null, says);
}

/// <summary>One choice of an input. Values are short and hold no comma.</summary>
public sealed record Choice(string Title, string Value);

/// <summary>How a field is asked for on a card. What is entered takes the same way as what is typed.</summary>
/// <param name="Kind"><c>text</c>, <c>choice</c> or <c>choices</c>.</param>
/// <param name="Says">Turns the input's value into the words that a person would type.</param>
public sealed record FieldInput(string Kind, string Placeholder, Func<string, string> Says)
{
    public Func<FieldContext, IReadOnlyList<Choice>> Choices { get; init; } = _ => [];

    /// <summary>The value that the input begins with.</summary>
    public Func<CampaignDraft, string?> Value { get; init; } = _ => null;

    /// <summary>The same where it depends on what stands around the draft; without it <see cref="Value"/> counts.</summary>
    public Func<FieldContext, string?>? ValueHere { get; init; }

    public string ValueOf(FieldContext context) => (ValueHere is { } here ? here(context) : Value(context.Draft)) ?? "";
}

/// <summary>
/// One field of a draft, declared once: typed fragments, card inputs, the first sentence and edits from the review all go through
/// its <see cref="Find"/>.
/// </summary>
/// <param name="Name">The draft's property, by which checks, recommendations and edits name it.</param>
public sealed record DraftField(string Name, string Step, string Label, Func<string, FieldContext, Found?> Find, Func<CampaignDraft, FieldContext, string?> Show)
{
    public FieldInput? Input { get; init; }

    /// <summary>Several in one line add up; of any other field a second one is asked about.</summary>
    public bool AddsUp { get; init; }

    /// <summary>Whether it is asked at all: only what the chosen network and objective need or can do.</summary>
    public Func<FieldContext, bool> Wanted { get; init; } = _ => true;
}

/// <summary>What fields share: an amount after a label, and looking for a pattern.</summary>
internal static class Finding
{
    public static Found? Amount(Regex pattern, string text, FieldContext context, Func<Money, Func<CampaignDraft, CampaignDraft>> apply)
    {
        if (pattern.Match(text) is not { Success: true } match)
            return null;

        var money = match.Groups["money"];
        if (Pattern(@"\G\s*(?:%|per\s?cent\b)").Match(text, money.Index + money.Length) is { Success: true } share)
        {
            var end = Math.Max(match.Index + match.Length, share.Index + share.Length);
            return new Found(match.Index, end - match.Index, null, $"\"{text[match.Index..end].Trim()}\" is a share, and amounts are in {context.Currency}: write for example {context.Currency.Of(500)}.");
        }

        var reading = MoneyReader.Read(money.Value, context.Currency);
        if (reading.Amount is { } each && OtherPeriod(text, match) is var (at, length))
            return new Found(at, length, null, $"I keep amounts by the day or for the whole time: write {each}/day, {each} total, or what that comes to a day instead of \"{text.Substring(at, length).Trim()}\".");

        return reading.Amount is { } amount ? Found.Right(match, apply(amount)) : Found.Wrong(match, reading.Problem!);
    }

    /// <summary>A week's or a month's amount must not become a day's: from the word for the time before it to the one after.</summary>
    private static (int At, int Length)? OtherPeriod(string text, Match match)
    {
        const string periods = "week|wk|month|mo|quarter|year|yr|hour|hr";
        var after = Pattern($@"\G\s*(?:(?:/|per|an?|each|every)\s*(?:{periods})s?\b|(?:weekly|monthly|quarterly|yearly|annually|hourly)\b)").Match(text, match.Index + match.Length);
        var before = Pattern(@"\b(?:weekly|monthly|quarterly|yearly|annual|hourly)\s*$").Match(text[..match.Index]);
        if (!after.Success && !before.Success)
            return null;

        var at = before.Success ? before.Index : match.Index;
        return (at, match.Index + match.Length + (after.Success ? after.Length : 0) - at);
    }

    /// <summary>No pattern here takes a thousandth of it; a busy machine may.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentDictionary<string, Regex> Known = new();

    /// <summary>Each pattern is built once; none holds what a person typed.</summary>
    public static Regex Pattern(string pattern) => Known.GetOrAdd(
        pattern, static wanted => new Regex(wanted, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Longest));

    /// <summary>As <see cref="Pattern"/>, where capitals matter.</summary>
    public static Regex Exact(string pattern) => Known.GetOrAdd(
        $"\u0000{pattern}", static wanted => new Regex(wanted[1..], RegexOptions.CultureInvariant, Longest));

    public static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
