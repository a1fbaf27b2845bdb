using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Bot.Simulating.Scoring;

namespace ChatOpsCampaigns.Bot.Simulating.Budgets;

/// <summary>E3: budgets and creatives of accounts at the same total budget, against an account that nobody touches.</summary>
internal sealed class BudgetExperiment : IExperiment
{
    private const int Accounts = 100;
    private const int UsualDays = 60;

    /// <summary>The variant in which the weekly human holds creatives against the best of them.</summary>
    private const string SharpHuman = "sharp-human";

    public IReadOnlyList<string> Worlds { get; } = ["default", SharpHuman];

    /// <summary>What the others are held against.</summary>
    private static readonly string[] Measures = ["none", "oracle", "human"];

    private static readonly double[] Spreads = [.2, .4, .6];

    public string Name => "E3";

    public IReadOnlyList<string> Policies { get; } = ["none", "human", "rules30", "brief", "agent", "oracle"];

    public IReadOnlyList<ExperimentScore> Play(ExperimentRequest request, IReadOnlyList<string> policies, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var accounts = Math.Max(2, request.Campaigns ?? Accounts);
        var days = Math.Max(AccountPlay.JudgedFrom + 1, request.Days ?? UsualDays);
        string[] played = [.. Policies.Where(policy => policies.Contains(policy) || Measures.Contains(policy))];
        var outcomes = new Dictionary<string, AccountOutcome>[Spreads.Length, accounts];
        var done = 0;

        Parallel.For(0, Spreads.Length * accounts, new ParallelOptions { CancellationToken = cancellationToken }, index =>
        {
            var (spread, account) = (index / accounts, index % accounts);
            var truths = AccountPlay.Draw((ulong)request.Random, account, days, Spreads[spread]);
            outcomes[spread, account] = played.ToDictionary(policy => policy, policy => AccountPlay.Play((ulong)request.Random, truths, policy, days, request.World == SharpHuman));
            progress.Report((double)Interlocked.Increment(ref done) / (Spreads.Length * accounts));
        });

        return
        [
            .. from spread in Enumerable.Range(0, Spreads.Length)
               let rows = Enumerable.Range(0, accounts).Select(account => outcomes[spread, account]).ToList()
               from policy in Policies
               where policies.Contains(policy)
               select Score(request, policy, Spreads[spread], days, rows),
        ];
    }

    private ExperimentScore Score(ExperimentRequest request, string policy, double spread, int days, List<Dictionary<string, AccountOutcome>> accounts)
    {
        double[] Uplifts(string of) => [.. accounts.Select(account => (account[of].Value / account["none"].Value) - 1)];

        var (own, oracle, human) = (Uplifts(policy), Uplifts("oracle"), Uplifts("human"));
        var uplift = Interval.OfMean(own);
        var share = Interval.OfRatio([.. own.Zip(oracle)]);
        var over = Interval.OfMean([.. own.Zip(human, (mine, theirs) => mine - theirs)]);
        var sorted = own.Order().ToArray();
        var (p10, p90) = (sorted[(int)(.1 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(.9 * (sorted.Length - 1))]);
        var spent = accounts.Sum(account => account[policy].Spend) / accounts.Sum(account => account["none"].Spend);

        var metrics = new JsonObject
        {
            ["valueUplift"] = uplift.ToJson(), ["oracleShare"] = share.ToJson(), ["overHuman"] = over.ToJson(),
            ["p10"] = Interval.Rounded(p10), ["p90"] = Interval.Rounded(p90), ["spendShare"] = Interval.Rounded(spent),
        };
        return new ExperimentScore(Name, policy, request.World == SharpHuman ? SharpHuman : "default", request.Random, accounts.Count, days, spread, metrics,
        [
            ("value over an untouched account", uplift.Percent()),
            ("share of the oracle's", share.Percent()),
            ("over the weekly human, in points", over.Percent()),
            ("a tenth of the accounts below, a tenth above", string.Create(CultureInfo.InvariantCulture, $"{p10:0.0%}, {p90:0.0%}")),
            ("spend against untouched", string.Create(CultureInfo.InvariantCulture, $"{spent:0.0%}")),
        ]);
    }
}
