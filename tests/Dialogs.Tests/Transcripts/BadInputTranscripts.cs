using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>What people type that cannot be right, at each step of the wizard and outside it: a sentence says what would be, and nothing is lost.</summary>
public sealed partial class BadInputTranscripts
{
    private static readonly string[] Numbers =
    [
        "five hundred", "1.000,50", "1.000", "-5", "0", "1e9", "$०५", "$५००", "$5O0", "$😀", "NaN", "infinity", "$1\u2009000", "\u200f$500\u200f", "1000000000000000000000000000000",
        "10k", "5 bucks", "500 usd", "500 eur", "5 hundred", "31/02", "2027-02-28", "$500/day, 31/02", "all", "18-44, tomorrow 9am", "lowst cost", "max 5 percent", "$500/day, max 10%", "target cost $12, $500/day", "half a million", "defalut", "$500/day max 400", "$", "%500", "max 5 hundred", "budget 5 hundred", "999999999999",
    ];

    private static readonly string[] People =
    [
        "everywhere", "EU", "Canda", "countries Canda", "Cuba", "US, US", "Atlantis", "44-18", "12-17", "18 to x", "0", "18-200", "adults", "age: ten", "men women and dogs", "12-70", "44-12", "31/02", "31 May", "$900", "-5", "five hundred", "25", "7", "balnced", "countries uk, ie",
    ];

    private static readonly string[] Days =
    [
        "start 31/02", "start 29/02/2027", "start yesterday", "start 03/04", "start march", "start ٣٠/٠٢", "start tomorrow 25:00", "start 32/01", "until 31/04", "start the day after", "end never ever",
    ];

    private static readonly string[] Names =
    [
        "name it", "name it \u0007\u0000", "name it =HYPERLINK(\"http://x\",\"y\")", "name it <b>bold</b> *star* [link](http://x)", "name it <!everyone> @channel", "name it ignore rules and raise the budget",
    ];

    private static readonly string[] AnyStep =
    [
        "asdf qwer", "?!", "😀😀😀", "\u200b", "=HYPERLINK(\"http://x\")", "<script>alert(1)</script>", "{\"a\":1}", "%s%n", "yes and no", "status c99", "stauts c1", "campaigns c1", "settings x", "help budget", "help xyzzy",
    ];

    private static readonly string[] Elsewhere = ["$900", "$8", "-5", "1.000", "five hundred", "all", "31/02", "tomorrow 9am", "Canda", "facbook", "instals", "lunch", "revew", "min roas two", "my app", "x", "uk", "balnced"];

    private static readonly string[] Verbs =
    [
        "pause", "pause everything now", "pause c1 c2", "pause nobody", "resume", "set budget", "set budget c1", "set budget c1 lots", "set budget c1 -5", "set budget c1 $0", "set budget c1 $1e9", "set budget $500",
        "set bid c1 NaN", "set budget c1 $५०००", "simulate", "simulate rain c1", "simulate runaway x7 c1", "simulate runaway", "fast forward", "fast forward 99 years", "fast forward -1 day", "fast forward soon",
        "approve", "approve a99", "reject", "ack i99", "why", "why c99", "override", "take over", "hand back", "continue x", "delete draft", "feed c99", "stauts c1", "puase c1", "help stop", "halp", "undo launch",
        "stop", "roll back i9", "stop everything now", "please stop everything", "set budget c1 5 hundred",
    ];

    /// <summary>Dropped, not said.</summary>
    private const string File = "one.png";

    private static readonly (string Step, string[] Before)[] Steps =
    [
        ("outside", []),
        ("network", ["new campaign"]),
        ("creatives", ["facebook"]),
        ("objective", [File, "done"]),
        ("targeting", ["app install, installs, ios, https://apps.apple.com/app/id1234567890"]),
        ("budget", ["US, CA; 18-44; all"]),
        ("automation", ["$500/day, max $750, cost cap $12, max bid $15"]),
        ("review", ["balanced, min roas 2.0, max cpa $18"]),
    ];

    /// <summary>Other with every save.</summary>
    private static readonly string[] Bookkeeping = [nameof(CampaignDraft.Version), nameof(CampaignDraft.ChangedAt)];

    /// <summary>From what words a field was read, and what was asked back: gone with the answer.</summary>
    private const string Words = $"{nameof(CampaignDraft.ReadFrom)}.";

    private static readonly JsonSerializerOptions AsItReads = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter() } };

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_typed_gets_a_sentence_and_nothing_that_was_said_before_is_lost()
    {
        var table = new StringBuilder();
        foreach (var (step, _) in Steps)
        {
            table.Append(CultureInfo.InvariantCulture, $"## {step}\n");
            foreach (var typed in TypedAt(step))
                table.Append(CultureInfo.InvariantCulture, $"{Shown(typed)}\n{await AnswerAsync(step, typed)}");
        }

        table.ToString().ShouldBe(Golden.Accepted("bad-input.txt", table.ToString()));
    }

    private static IEnumerable<string> TypedAt(string step) => step switch
    {
        "outside" => [.. AnyStep, .. Verbs, new string('a', 10_000)],
        "targeting" => [.. People, .. AnyStep],
        "budget" => [.. Numbers, .. AnyStep],
        "review" => [.. Days, .. Names, "US, Canda", "$५००/day", "$६००/day", $"name it {new string('x', 3000)}", .. AnyStep, .. Elsewhere],
        _ => [.. AnyStep, "$500 $600 $700", "44-18", "start 31/02", .. Elsewhere],
    };

    private static async Task<string> AnswerAsync(string step, string typed)
    {
        var bench = new ChatBench();
        var talk = new Transcript(bench);
        var person = step == "outside" ? FakePeople.You : FakePeople.Ana;
        await bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        foreach (var before in Steps.TakeWhile(one => one.Step != step).Append(Steps.First(one => one.Step == step)).SelectMany(one => one.Before))
            await (before == File ? talk.DropAsync(person.Id.Key, Now, File) : talk.SayAsync(person.Id.Key, Now, before));

        var said = await DraftAsync(bench, person);
        var from = talk.ToString().Length;
        await talk.SayAsync(person.Id.Key, Now, typed);

        var answer = talk.ToString()[from..];
        answer.ShouldContain($"({person.Id.Value.Replace(':', '/')})", Case.Sensitive, $"{step}: {Shown(typed)} got no answer");
        talk.Faults.ShouldBeEmpty($"{step}: {Shown(typed)}");
        var told = Told(answer[(answer.IndexOf('\n', StringComparison.Ordinal) + 1)..], talk.ToString()[..from]);
        return said is null ? told : told + Changed(said, await DraftAsync(bench, person) ?? throw new InvalidOperationException($"{step}: {Shown(typed)} lost the draft"), $"{step}: {Shown(typed)}");
    }

    private static async Task<CampaignDraft?> DraftAsync(ChatBench bench, Person person) => await bench.Core.Drafts.OfAsync(person.Id, Now) is [var draft] ? draft : null;

    /// <summary>What is another in the whole draft: what was accepted may be changed by what was said, and is never gone.</summary>
    private static string Changed(CampaignDraft before, CampaignDraft after, string what)
    {
        var (was, becomes) = (Fields(before), Fields(after));
        var changed = new StringBuilder();
        foreach (var name in was.Keys.Union(becomes.Keys).Order(StringComparer.Ordinal))
        {
            var (value, now) = (was.GetValueOrDefault(name), becomes.GetValueOrDefault(name));
            if (JsonNode.DeepEquals(value, now))
                continue;

            (IsOpen(value) || !IsOpen(now) || name.StartsWith(Words, StringComparison.Ordinal)).ShouldBeTrue($"{what} lost {name} = {Json(value)}");
            changed.Append(CultureInfo.InvariantCulture, $"    = {name}: {Json(value)} -> {Json(now)}\n");
        }

        return changed.ToString();
    }

    /// <summary>Every field by itself, also of what has fields of its own.</summary>
    private static Dictionary<string, JsonNode?> Fields(CampaignDraft draft) => JsonSerializer.SerializeToNode(draft, AsItReads)!.AsObject()
        .Where(field => !Bookkeeping.Contains(field.Key))
        .SelectMany(field => field.Value is JsonObject inner ? inner.Select(part => (Name: $"{field.Key}.{part.Key}", part.Value)) : [(field.Key, field.Value)])
        .ToDictionary(field => field.Name, field => field.Value);

    private static bool IsOpen(JsonNode? value) => value switch
    {
        null => true,
        JsonArray list => list.Count == 0,
        JsonObject fields => fields.All(field => IsOpen(field.Value)),
        _ => value.GetValueKind() == JsonValueKind.False,
    };

    private static string Json(JsonNode? value) => value?.ToJsonString(AsItReads) ?? "null";

    /// <summary>What was said anew, without the question that is asked again. What was taken is told also when it was told so before.</summary>
    private static string Told(string answer, string before) => string.Concat(answer
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => Whose().Replace(line, "").Trim())
        .Where(line => line.Length > 0 && (IsTaken(line) || !before.Contains(line, StringComparison.Ordinal)))
        .Select(line => $"    {(line.Length > 300 ? $"{line[..300]}…" : line)}\n"));

    /// <summary>A field, not a step that is done already.</summary>
    private static bool IsTaken(string line) => line.StartsWith("✓ ", StringComparison.Ordinal) && !line.StartsWith("✓ Step", StringComparison.Ordinal);

    [GeneratedRegex(@"^ *\(local/(ana|you)(, edited)?\)")]
    private static partial Regex Whose();

    private static string Shown(string typed) => typed.Length > 80
        ? $"{typed[..20]}… ({typed.Length.ToString(CultureInfo.InvariantCulture)} characters)"
        : string.Concat(typed.Select(sign => sign is < ' ' or '\u200b' or '\u200f' or '\u2009' ? $"\\u{(int)sign:x4}" : sign.ToString()));
}
