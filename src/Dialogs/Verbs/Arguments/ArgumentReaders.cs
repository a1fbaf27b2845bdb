using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Verbs.Arguments;

/// <summary>What came of reading one argument.</summary>
public abstract record ReadArgument
{
    /// <param name="Rest">Words that belong to the next argument.</param>
    public sealed record Value(object Is, string Canonical, string Rest = "") : ReadArgument;

    /// <summary>Several things are meant, or none was named: each by what is said for it and how it is shown.</summary>
    public sealed record Choose(string Asks, IReadOnlyList<(string Says, string Title)> Among) : ReadArgument;

    public sealed record Wrong(string Says) : ReadArgument;

    /// <summary>There is nothing that it could be: an example would mislead.</summary>
    public sealed record Nothing(string Says) : ReadArgument;
}

/// <summary>One reader for each kind of argument.</summary>
public sealed partial class ArgumentReaders(CampaignFinder campaigns, IDraftStore drafts, IIncidentStore incidents, IApprovalStore approvals, IAdAccounts accounts)
{
    /// <summary>How many incidents or requests back a handle is looked up.</summary>
    private const int Remembered = 200;

    /// <summary>As many are offered for a name that none of them resembles; of more it is said how to list them.</summary>
    private const int Few = 3;

    /// <param name="before">Arguments read before this one: an amount is in the campaign's currency.</param>
    public async Task<ReadArgument> ReadAsync(
        VerbArgument argument, string text, bool wordsFollow, Person person, IReadOnlyDictionary<string, object> before, Suiting suiting, CancellationToken cancellationToken) => argument.Kind switch
        {
            ArgumentKind.Campaign when await SeveralAsync(text, person, cancellationToken) is { } several => several,
            ArgumentKind.Campaign => await OfAsync(
                "campaign", text, await campaigns.FindAsync(person, text, wordsFollow, cancellationToken),
                await campaigns.AllAsync(person, cancellationToken), campaign => campaign.Handle, campaign => $"{campaign.Name} ({campaign.Handle})", suiting, cancellationToken),
            ArgumentKind.Draft when IsId(text) && (await drafts.OfAsync(person.Id, cancellationToken)).All(draft => draft.Id.Value != text) =>
                new ReadArgument.Wrong("That draft is no longer there: it was launched or deleted. \"drafts\" shows those you have."),
            ArgumentKind.Draft => await DraftNamedAsync(text, wordsFollow, await drafts.OfAsync(person.Id, cancellationToken), cancellationToken),
            ArgumentKind.Incident when await ClosedAsync(text, person, cancellationToken) is { } closed => new ReadArgument.Value(closed, closed.Handle),
            ArgumentKind.Incident => await NamedAsync(
                "incident", text, wordsFollow, await IncidentsAsync(person, cancellationToken), incident => incident.Handle, incident => $"{incident.CampaignName}: {incident.CauseWords}", suiting, cancellationToken),
            ArgumentKind.Approval when await DecidedAsync(text, person, cancellationToken) is var (decided, more) => new ReadArgument.Value(decided, decided.Handle, more),
            ArgumentKind.Approval => await NamedAsync(
                "request", text, wordsFollow, [.. (await approvals.WaitingAsync(person.Workspace, cancellationToken)).Where(waiting => person.Sees(waiting.Account))], approval => approval.Handle, approval => approval.Says, suiting, cancellationToken),
            ArgumentKind.Money => Amounts.TryRead(text, await CurrencyAsync(before, person, cancellationToken), out var amount, out var problem)
                ? new ReadArgument.Value(amount, Amounts.Written(amount))
                : new ReadArgument.Wrong(problem),
            ArgumentKind.Duration => Amounts.TryRead(text, out TimeSpan duration, out var wrong)
                ? new ReadArgument.Value(duration, text)
                : new ReadArgument.Wrong(wrong),
            ArgumentKind.Choice => argument.Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } choice
                ? new ReadArgument.Value(choice, choice)
                : new ReadArgument.Wrong($"\"{text}\" is none of {string.Join(", ", argument.Choices)}."),
            _ => new ReadArgument.Value(text, text),
        };

    /// <summary>What can be chosen when nothing was said.</summary>
    public Task<ReadArgument> OfferAsync(VerbArgument argument, Person person, Suiting suiting, CancellationToken cancellationToken) => argument.Kind switch
    {
        ArgumentKind.Choice => Task.FromResult<ReadArgument>(new ReadArgument.Choose(
            $"Which {argument.Name}?", [.. argument.Choices.Select(choice => (choice, choice))])),
        ArgumentKind.Draft => OnlyDraftAsync(argument, person, cancellationToken),
        ArgumentKind.Campaign or ArgumentKind.Draft or ArgumentKind.Incident or ArgumentKind.Approval =>
            ReadAsync(argument, "", false, person, new Dictionary<string, object>(), suiting, cancellationToken),
        _ => Task.FromResult<ReadArgument>(new ReadArgument.Wrong($"Please add {argument.Summary}.")),
    };

    /// <summary>Who has one draft means that one.</summary>
    private async Task<ReadArgument> OnlyDraftAsync(VerbArgument argument, Person person, CancellationToken cancellationToken) =>
        await drafts.OfAsync(person.Id, cancellationToken) is [var only]
            ? new ReadArgument.Value(only, only.Id.Value)
            : await ReadAsync(argument, "", false, person, new Dictionary<string, object>(), Suiting.Any, cancellationToken);

    public static string TitleOf(CampaignDraft draft) => draft.Name ?? (draft.Network is { } network ? $"{network} draft" : "unnamed draft");

    /// <summary>"c3, c5" and "c3 c5" are two, also when there is no c5: one is never taken for the reason why the other is meant.</summary>
    private async Task<ReadArgument?> SeveralAsync(string text, Person person, CancellationToken cancellationToken)
    {
        var handles = (await campaigns.AllAsync(person, cancellationToken)).Select(campaign => campaign.Handle).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var words = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var named = words.Where(handles.Contains).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (named.Count == 1 && words.FirstOrDefault(word => HandleLike().IsMatch(word) && !handles.Contains(word)) is { } unknown)
            return new ReadArgument.Wrong($"There is no campaign {unknown}, and nothing was done to {named[0]}. Say it for one campaign at a time.");

        return named.Count > 1
            ? new ReadArgument.Wrong($"One campaign at a time, please: you named {string.Join(" and ", named)}, and nothing was done to any of them. Say it once for each.")
            : null;
    }

    [GeneratedRegex(@"^c\d{1,6}$", RegexOptions.IgnoreCase)]
    private static partial Regex HandleLike();

    /// <summary>A draft is offered by its title, or by its id when two have the same.</summary>
    private async Task<ReadArgument> DraftNamedAsync(string text, bool wordsFollow, IReadOnlyList<CampaignDraft> all, CancellationToken cancellationToken)
    {
        var named = await NamedAsync("draft", text, wordsFollow, all, draft => draft.Id.Value, TitleOf, Suiting.Any, cancellationToken);
        if (named is not ReadArgument.Choose choose)
            return named;

        var among = new List<(string Says, string Title)>();
        foreach (var (says, title) in choose.Among)
        {
            var same = all.Where(draft => TitleOf(draft) == title).ToList();
            among.Add(same.Count == 1 ? (title, title) : (says, await ToldAsync(same.First(draft => draft.Id.Value == says), cancellationToken)));
        }

        return choose with { Among = among };
    }

    private async Task<string> ToldAsync(CampaignDraft draft, CancellationToken cancellationToken) =>
        $"{TitleOf(draft)} (at {WizardSteps.Place(draft.Step)}, changed {await accounts.InAsync(draft.Account, draft.ChangedAt, cancellationToken)})";

    private async Task<IReadOnlyList<Incident>> IncidentsAsync(Person person, CancellationToken cancellationToken) =>
        [.. (await incidents.OpenAsync(cancellationToken)).Where(incident => incident.IsShownTo(person))];

    /// <summary>An incident that is over is still known by its handle, so that an old card's buttons and "why" can say what became of it.</summary>
    private async Task<Incident?> ClosedAsync(string handle, Person person, CancellationToken cancellationToken) =>
        (await incidents.LatestAsync(person.Workspace, Remembered, cancellationToken))
            .FirstOrDefault(incident => incident.State == IncidentState.Closed && incident.IsShownTo(person) && incident.Handle.Equals(handle.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>A request that was decided is still known by its handle, so that a card pressed late can say what became of it.</summary>
    private async Task<(PendingApproval Decided, string More)?> DecidedAsync(string text, Person person, CancellationToken cancellationToken)
    {
        var words = text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var known = words.Length == 0 ? [] : await approvals.LatestAsync(person.Workspace, Remembered, cancellationToken);
        return known.FirstOrDefault(approval => approval.State != ApprovalState.Waiting && person.Sees(approval.Account) && approval.Handle.Equals(words[0], StringComparison.OrdinalIgnoreCase)) is { } decided
            ? (decided, words.ElementAtOrDefault(1) ?? "")
            : null;
    }

    /// <summary>A button of an old card names its draft by id.</summary>
    private static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit);

    private static Task<ReadArgument> NamedAsync<T>(
        string what, string text, bool wordsFollow, IReadOnlyList<T> all, Func<T, string> handle, Func<T, string> name, Suiting suiting, CancellationToken cancellationToken) where T : class =>
        OfAsync(what, text, NameFinder.Find(all, text, wordsFollow, handle, name), all, handle, name, suiting, cancellationToken);

    private static async Task<ReadArgument> OfAsync<T>(
        string what, string text, Found<T> found, IReadOnlyList<T> all, Func<T, string> handle, Func<T, string> name, Suiting suiting, CancellationToken cancellationToken) where T : class
    {
        if (found.Only is { } only)
            return new ReadArgument.Value(only, handle(only), found.Rest);

        if (all.Count == 0)
            return new ReadArgument.Nothing(suiting == Suiting.Any ? $"There is no {what} at the moment." : suiting.None(what));

        var near = text.Length > 0 && found.Candidates.Count == 0 ? NameFinder.Near(all, text, name) : [];
        if (text.Length > 0 && found.Candidates.Count == 0 && near.Count == 0 && all.Count > Few)
            return new ReadArgument.Nothing($"No {what} is called \"{text}\", and none sounds like it. \"{ListedBy(what)}\" shows them all.");

        var meant = found.Candidates.Count > 0 ? found.Candidates : near.Count > 0 ? near : all;
        var suited = await suiting.AmongAsync(meant, cancellationToken);
        if (text.Length == 0 && suited.Count == 0)
            return new ReadArgument.Nothing(suiting.None(what));

        if (text.Length == 0 && suiting.TakesTheOnlyOne && suited is [var one])
            return new ReadArgument.Value(one, handle(one));

        var asks = (text.Length, found.Candidates.Count) switch
        {
            (0, _) => $"Which {what}?",
            (_, 0) when near.Count > 0 => $"No {what} is called \"{text}\". Did you mean {(near.Count == 1 ? "this one" : "one of these")}?",
            (_, 0) => $"No {what} is called \"{text}\". Which one?",
            _ => $"\"{text}\" can be {found.Candidates.Count} of them. Which {what}?",
        };
        return new ReadArgument.Choose(asks, [.. (suited.Count > 0 ? suited : meant).Select(each => (handle(each), name(each)))]);
    }

    private static string ListedBy(string what) => what == "request" ? "approvals" : $"{what}s";

    /// <summary>An amount is in the currency of the campaign that the line is about.</summary>
    private async Task<Currency> CurrencyAsync(IReadOnlyDictionary<string, object> before, Person person, CancellationToken cancellationToken)
    {
        var campaign = before.Values.OfType<Campaign>().FirstOrDefault();
        if (campaign is null && before.Values.OfType<Incident>().FirstOrDefault() is { } incident)
            campaign = (await campaigns.FindAsync(person, incident.Campaign.Value, false, cancellationToken)).Only;

        return campaign?.DailyBudget.Currency ?? Currency.Usd;
    }
}
