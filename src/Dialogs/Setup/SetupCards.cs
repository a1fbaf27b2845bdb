using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Setup;

/// <summary>The questions of the set-up, each with what holds now and who said so.</summary>
public sealed class SetupCards(SaidAccounts accounts, Audience audience, ApprovalLimits limits)
{
    private static readonly ImmutableArray<string> Titles = ["Ad account", "Channels", "On call", "Limits", "Test emergency"];

    /// <summary>Whole: of a thread the channel.</summary>
    public static ConversationId RootOf(ConversationId conversation) => new(string.Join('/', conversation.Value.Split('/').Take(2)));

    public static string Progress(SetupStep step) => $"Setup {(int)step + 1} of {Titles.Length}";

    public static string TitleOf(SetupStep step) => Titles[(int)step];

    /// <summary>"olga and S0ONCALL", or that everybody with the role is.</summary>
    public static string Called(Part<IReadOnlyList<PersonId>> onCall) => onCall.Value.Count == 0 ? "everybody with the role On-call" : string.Join(" and ", onCall.Value.Select(person => person.Name));

    public async Task<SetupCard> OfAsync(
        SetupStanding standing, WorkspaceId workspace, ConversationId here, IEnumerable<string> understood, IEnumerable<string> problems, CancellationToken cancellationToken)
    {
        var all = await accounts.ArrangementsAsync(cancellationToken);
        var of = all.Where(one => standing.Account is null || one.Account.Id == standing.Account).ToList();
        var about = standing.Account is { } account ? $"of {account}" : of.Count == 1 ? $"of {of[0].Account.Id}" : $"of all {of.Count} accounts";
        var (prompt, facts, inputs) = standing.Step switch
        {
            SetupStep.Account => Account(standing, all, RootOf(here)),
            SetupStep.Channels => Channels(of, about),
            SetupStep.OnCall => OnCall(of, about),
            SetupStep.Caps => await CapsAsync(of, cancellationToken),
            _ => await TestAsync(of, workspace, cancellationToken),
        };
        return new SetupCard(
            Progress(standing.Step), TitleOf(standing.Step), prompt, [.. facts], [.. understood], [.. problems], [.. inputs], standing.Step > SetupStep.Account,
            standing.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>What is left of a question's card: what holds now.</summary>
    public async Task<StepDoneCard> DoneAsync(SetupStanding standing, CancellationToken cancellationToken)
    {
        var of = (await accounts.ArrangementsAsync(cancellationToken)).Where(one => standing.Account is null || one.Account.Id == standing.Account).ToList();
        var says = standing.Step switch
        {
            SetupStep.Account => standing.Account?.Value ?? (of.Count == 1 ? of[0].Account.Id.Value : $"all {of.Count} accounts"),
            SetupStep.Channels => string.Join(", ", Enum.GetValues<RoomUse>().Select(use => $"{use.ToString().ToLowerInvariant()} {Grouped(of, one => Named(SetupAnswers.Room(one, use).Value))}")),
            SetupStep.OnCall => Grouped(of, one => Called(one.OnCall)),
            SetupStep.Caps => Grouped(of, one => $"{one.DailyLimit.Value?.ToString() ?? "no limit"} a day"),
            _ => "done",
        };
        return new StepDoneCard(Progress(standing.Step), TitleOf(standing.Step), says);
    }

    /// <summary>Everything as it holds at the end, line by line.</summary>
    public async Task<IReadOnlyList<string>> SummaryAsync(SetupStanding standing, CancellationToken cancellationToken)
    {
        var of = (await accounts.ArrangementsAsync(cancellationToken)).Where(one => standing.Account is null || one.Account.Id == standing.Account).ToList();
        var together = await TogetherAsync(of, cancellationToken);
        return [.. Rooms(of).Append(new FactView("On call", Grouped(of, one => $"{Called(one.OnCall)}{From(one.OnCall.From)}"))).Concat(Limits(of)).Concat(together).Select(fact => $"{fact.Title}: {fact.Value}")];
    }

    private static (string, IEnumerable<FactView>, IEnumerable<InputView>) Account(SetupStanding standing, IReadOnlyList<Arrangement> all, ConversationId here)
    {
        var shown = Enum.GetValues<RoomUse>()
            .Select(use => (Use: use, Of: all.Where(one => SetupAnswers.Room(one, use).Value.Place == here.Value).Select(one => one.Account.Id.Value).ToList()))
            .Where(bound => bound.Of.Count > 0)
            .Select(bound => $"{bound.Use.ToString().ToLowerInvariant()} of {(bound.Of.Count == all.Count ? "every account" : string.Join(", ", bound.Of))}")
            .ToList();
        var choices = all.Select(one => new ChoiceView(one.Account.Id.Value, one.Account.Id.Value)).Prepend(new ChoiceView($"All {all.Count} accounts", "all"));
        return (
            "Which ad account is this about? Say \"all\" for every account, or name one.",
            [
                .. all.Select(one => new FactView(one.Account.Id.Value, $"{one.Account.Mode.ToString().ToLowerInvariant()}, {one.Account.Currency}, {one.Account.TimeZone}, at most {one.DailyLimit.Value?.ToString() ?? "no limit"} a day")),
                new FactView("This conversation shows", shown.Count == 0 ? "nothing of any account yet" : string.Join("; ", shown)),
            ],
            [new InputView("account", "choice", "Ad account", standing.Account?.Value ?? "all", "", [.. choices])]);
    }

    private static (string, IEnumerable<FactView>, IEnumerable<InputView>) Channels(List<Arrangement> of, string about) => (
        $"Where do the posts {about} go? Name a channel for each, for example: feed #ads, approvals here, incidents #oncall. \"none\": people are reached one by one. I have to be in each: \"/invite @campaigns\" on Slack, the app added to its team on Teams.",
        Rooms(of),
        Enum.GetValues<RoomUse>().Select(use => new InputView(use.ToString().ToLowerInvariant(), "text", use.ToString(), Shared(of, use), "#channel, here or none", [])));

    private static (string, IEnumerable<FactView>, IEnumerable<InputView>) OnCall(List<Arrangement> of, string about) => (
        $"Who is called in an emergency {about}? Name people, or a group of your chat, for example: @olga, @max; \"me\" is you, \"everybody\" is whoever has the role On-call.",
        [new FactView("On call", Grouped(of, one => $"{Called(one.OnCall)}{From(one.OnCall.From)}"))],
        [new InputView("called", "text", "On call", of.Select(one => string.Join(", ", one.OnCall.Value.Select(person => person.Value))).Distinct().ToList() is [var shared] ? shared : "", "@olga, me or everybody", [])]);

    private async Task<(string, IEnumerable<FactView>, IEnumerable<InputView>)> CapsAsync(List<Arrangement> of, CancellationToken cancellationToken) => (
        "What may be spent a day at most? For example: account $5,000, workspace $20,000. No account's limit is above its configured one; what lets more money run is asked about first.",
        [.. Limits(of), .. await TogetherAsync(of, cancellationToken), .. SecondPerson(of)],
        [
            new InputView("account", "text", of.Count == 1 ? "The account, a day" : "Each account, a day", of.Select(one => one.DailyLimit.Value?.ToString() ?? "").Distinct().ToList() is [var shared] ? shared : "", "$5,000", []),
            new InputView("workspace", "text", "All accounts together, a day", (await TogetherAsync(of, cancellationToken)).ToList() is [{ Value: not Unlimited } limited] ? limited.Value : "", "$20,000 or none", []),
        ]);

    private async Task<(string, IEnumerable<FactView>, IEnumerable<InputView>)> TestAsync(List<Arrangement> of, WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var (called, places) = await audience.OfEmergencyAsync(workspace, [.. of.Select(one => one.Account.Id)], cancellationToken);
        return (
            "Shall I call whoever is on call now, with an emergency that is marked as a test? They press Ack, and I say here who did and how soon. Nothing of money is touched.",
            [new FactView("It calls", called.Count == 0 ? "nobody" : string.Join(", ", called)), new FactView("It is shown in", places.Count == 0 ? "no conversation" : string.Join(", ", places))],
            []);
    }

    private const string Unlimited = "no limit";

    private static IEnumerable<FactView> Rooms(List<Arrangement> of) => Enum.GetValues<RoomUse>().Select(use => new FactView(
        use.ToString(),
        Grouped(of, one => $"{Named(SetupAnswers.Room(one, use).Value)}{From(SetupAnswers.Room(one, use).From)}")));

    private static IEnumerable<FactView> Limits(List<Arrangement> of) =>
        [new FactView(of.Count == 1 ? "Account" : "Each account", Grouped(of, one => $"{one.DailyLimit.Value?.ToString() ?? Unlimited} a day{From(one.DailyLimit.From)}"))];

    private async Task<IEnumerable<FactView>> TogetherAsync(List<Arrangement> of, CancellationToken cancellationToken)
    {
        var facts = new List<FactView>();
        foreach (var currency in of.Select(one => one.Account.Currency).Distinct())
            facts.Add(new FactView($"All accounts in {currency} together", (await accounts.FindWorkspaceLimitAsync(currency, cancellationToken))?.ToString() ?? Unlimited));

        return facts;
    }

    private IEnumerable<FactView> SecondPerson(List<Arrangement> of) => of.Select(one => one.Account.Currency).Distinct().Select(currency => new FactView(
        $"A second person in {currency}",
        limits.LaunchAbove.TryGetValue(currency.Code, out var most) ? $"agrees to a launch above {currency.Of(most)} a day (Approvals:LaunchAbove)" : "agrees to every launch (Approvals:LaunchAbove)"));

    private static string Shared(List<Arrangement> of, RoomUse use) =>
        of.Select(one => SetupAnswers.Room(one, use)).DistinctBy(part => part.Value.Place).ToList() is [{ From: not Source.Nobody } shared] ? shared.Value.Name : "";

    private static string Named(SaidRoom room) => room.Place.Length == 0 || room.Place == room.Name ? room.Name : $"{room.Name} ({room.Place})";

    private static string From(Source source) => source switch
    {
        Source.Chat => ", said in the chat",
        Source.Configuration => ", from the configuration",
        _ => "",
    };

    /// <summary>What is the same for all once; else by account.</summary>
    private static string Grouped(List<Arrangement> of, Func<Arrangement, string> says)
    {
        var groups = of.GroupBy(says).OrderByDescending(group => group.Count()).ToList();
        return groups is [var only]
            ? only.Key
            : string.Join("; ", groups.Select(group => $"{group.Key} ({string.Join(", ", group.Select(one => one.Account.Id.Value))})"));
    }
}
