using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Setup;

/// <summary>What would be changed of the limits.</summary>
/// <param name="Changes">What tightens, and holds at once: "Most a day of meta" → "$10,000 → $5,000".</param>
/// <param name="Raises">What lets more money run: asked about first, and then a second person.</param>
public sealed record CapsPlan(ImmutableArray<(string Name, string Change)> Changes, ImmutableArray<string> Raises, ImmutableArray<string> Problems)
{
    public ImmutableArray<LimitMove> Lifted { get; init; } = [];

    /// <summary>By account; null takes back what was said.</summary>
    public ImmutableDictionary<AdAccountId, decimal?> Accounts { get; init; } = ImmutableDictionary<AdAccountId, decimal?>.Empty;

    /// <summary>By currency; null takes it away.</summary>
    public ImmutableDictionary<string, decimal?> Workspace { get; init; } = ImmutableDictionary<string, decimal?>.Empty;
}

/// <summary>The most that an account, and all of a currency together, may be budgeted a day: reads, compares and keeps it.</summary>
public sealed partial class SetupCaps(SaidAccounts accounts, SetupBook book, LimitRaises raises)
{
    private const string Example = "write for example: account $5,000, workspace $20,000; \"none\" takes a limit away that was said here";

    /// <param name="account">Whom it is about; null: every account.</param>
    public async Task<CapsPlan> ReadAsync(string said, AdAccountId? account, CancellationToken cancellationToken)
    {
        var all = await accounts.ArrangementsAsync(cancellationToken);
        var of = all.Where(one => account is null || one.Account.Id == account).ToList();
        var draft = new Draft();
        var rest = said;
        foreach (Match match in Cap().Matches(said))
        {
            rest = rest.Replace(match.Value, " ", StringComparison.Ordinal);
            if (match.Groups["key"].Value is "" or "account" or "accounts" or "each" or "each account")
                OfAccounts(match.Groups["value"].Value, of, draft);
            else
                await TogetherAsync(match.Groups["value"].Value, of, draft, cancellationToken);
        }

        if (Filler().Replace(rest, "").Length > 0)
            draft.Problems.Add($"I cannot read \"{rest.Trim(' ', ',', ';')}\" as a limit; {Example}.");

        return new CapsPlan([.. draft.Changes], [.. draft.Raises], [.. draft.Problems.Distinct()])
        {
            Lifted = [.. draft.Lifted],
            Accounts = draft.Accounts.ToImmutableDictionary(),
            Workspace = draft.Workspace.ToImmutableDictionary(),
        };
    }

    /// <summary>Asks a second person to lift what the plan lifts; null where it lifts nothing.</summary>
    public async Task<(bool Asked, string Says)?> AskAsync(CapsPlan plan, PersonId by, CancellationToken cancellationToken) =>
        plan.Lifted.IsEmpty ? null : await raises.AskAsync(new AskedLimits(plan.Lifted, plan.Raises), by, cancellationToken);

    /// <summary>What tightens.</summary>
    public Task ApplyAsync(CapsPlan plan, AdAccountId? account, PersonId by, CancellationToken cancellationToken) => book.ChangeAsync(
        account, by, plan.Changes,
        said =>
        {
            foreach (var (one, limit) in plan.Accounts)
                said = said.With(one, said.Of(one) with { DailyLimit = limit });

            foreach (var (currency, limit) in plan.Workspace)
                said = said with { WorkspaceLimits = limit is { } amount ? said.WorkspaceLimits.SetItem(currency, amount) : said.WorkspaceLimits.Remove(currency) };

            return said;
        },
        cancellationToken);

    private static void OfAccounts(string value, IReadOnlyList<Arrangement> of, Draft draft)
    {
        var readings = of.Select(one => (One: one, Reading: IsNone(value) ? new MoneyReading(one.Most, null) : MoneyReader.Read(value, one.Account.Currency))).ToList();
        var fitting = readings.Where(each => each.Reading.Problem is null).ToList();
        if (fitting.Count == 0)
        {
            draft.Problems.Add(readings[0].Reading.Problem!);
            return;
        }

        foreach (var (one, reading) in fitting)
            OfAccount(one, reading.Amount, IsNone(value), draft);
    }

    private static void OfAccount(Arrangement one, Money? to, bool isNone, Draft draft)
    {
        if (to is { } above && one.Most is { } most && above > most)
        {
            draft.Problems.Add($"{above} a day is above the {most} that the configuration allows {one.Account.Id}. Say at most that, or set its DailyLimit under AdNetworks where the program runs.");
            return;
        }

        var from = one.DailyLimit.Value;
        decimal? said = isNone ? null : to!.Value.Amount;
        if (from is { } before && !(to <= before))
        {
            draft.Lift(new LimitMove(one.Account.Id, one.Account.Currency, before.Amount, said), to?.Amount);
            return;
        }

        draft.Accounts[one.Account.Id] = said;
        if (from != to)
            draft.Changes.Add(($"most a day of {one.Account.Id}", $"{Said(from)} → {Said(to)}"));
    }

    private async Task TogetherAsync(string value, IReadOnlyList<Arrangement> of, Draft draft, CancellationToken cancellationToken)
    {
        var currencies = of.Select(one => one.Account.Currency).Distinct().ToList();
        var readings = currencies.Select(currency => (Currency: currency, Reading: IsNone(value) ? default : MoneyReader.Read(value, currency))).ToList();
        var fitting = readings.Where(each => each.Reading.Problem is null).ToList();
        if (fitting.Count == 0)
        {
            draft.Problems.Add(readings[0].Reading.Problem!);
            return;
        }

        if (fitting.Count > 1 && !IsNone(value))
        {
            draft.Problems.Add($"Together in which currency? Write {string.Join(" or ", currencies.Select(currency => $"\"workspace {value} {currency}\""))}.");
            return;
        }

        foreach (var (currency, reading) in fitting)
        {
            var from = await accounts.FindWorkspaceLimitAsync(currency, cancellationToken);
            if (from is { } before && !(reading.Amount <= before))
            {
                draft.Lift(new LimitMove(null, currency, before.Amount, reading.Amount?.Amount), reading.Amount?.Amount);
                continue;
            }

            draft.Workspace[currency.Code] = reading.Amount?.Amount;
            if (from != reading.Amount)
                draft.Changes.Add(($"most a day of all accounts in {currency} together", $"{Said(from)} → {Said(reading.Amount)}"));
        }
    }

    private static string Said(Money? limit) => limit?.ToString() ?? "no limit";

    private static bool IsNone(string value) => value.StartsWith("no", StringComparison.OrdinalIgnoreCase);

    private sealed class Draft
    {
        public List<(string Name, string Change)> Changes { get; } = [];

        public List<string> Raises { get; } = [];

        public List<LimitMove> Lifted { get; } = [];

        public List<string> Problems { get; } = [];

        public Dictionary<AdAccountId, decimal?> Accounts { get; } = [];

        public Dictionary<string, decimal?> Workspace { get; } = [];

        public void Lift(LimitMove move, decimal? becomes)
        {
            Lifted.Add(move);
            Raises.Add(move.Words(becomes));
        }
    }

    [GeneratedRegex($@"(?<key>\b(?:each account|accounts?|each|workspace|together|total|all)\b)?[\s:=]*(?:(?:at most|limit|cap|is|to)\s+)*(?<value>{MoneyReader.Pattern}|\bno(?:ne| limit)\b)(?:\s*/\s*day|\s+(?:a|per)\s+day)?", RegexOptions.IgnoreCase)]
    private static partial Regex Cap();

    [GeneratedRegex(@"\b(?:and|at|most|the|a|per|day|limit|cap)\b|[\s,;.]", RegexOptions.IgnoreCase)]
    private static partial Regex Filler();
}
