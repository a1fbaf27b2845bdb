namespace ChatOpsCampaigns.Bot.Simulating.Budgets;

/// <summary>What an account came to under one policy, over the judged days.</summary>
/// <param name="Value">Worth of the results that could be expected, so that luck of the counts moves nothing.</param>
internal readonly record struct AccountOutcome(double Value, double Spend);

/// <summary>One account of ten campaigns under one policy, day by day.</summary>
internal static class AccountPlay
{
    public const int CampaignCount = 10;

    /// <summary>The first day that is judged: before it, all but the oracle only learn.</summary>
    public const int JudgedFrom = 14;

    public static CampaignTruth[] Draw(ulong seed, int account, int days, double spread) =>
        [.. Enumerable.Range(0, CampaignCount).Select(campaign => CampaignTruth.Draw(seed, (ulong)((account * CampaignCount) + campaign + 1), days, spread))];

    public static AccountOutcome Play(ulong seed, IReadOnlyList<CampaignTruth> truths, string policy, int days, bool sharp)
    {
        double[] starts = [.. truths.Select(truth => truth.Budget)];
        var played = PolicyOf(policy, truths, starts, sharp);
        Setting[] settings = [.. starts.Select(Setting.Equal)];
        var history = truths.Select(_ => new List<CampaignDay>()).ToList();
        var (value, spend) = (0.0, 0.0);
        if (played is OracleBudgets)
            settings = played.Decide(settings, history);

        for (var day = 0; day < days; day++)
        {
            for (var campaign = 0; campaign < truths.Count; campaign++)
            {
                var truth = truths[campaign];
                var came = CampaignDay.Play(seed, truth, settings[campaign], day);
                if (day >= JudgedFrom)
                {
                    value += truth.Value * truth.ResultsOf(came.Spend, settings[campaign].Shares, day);
                    spend += came.Spend;
                }

                history[campaign].Add(came);
            }

            if (day + 1 < days)
                settings = played.Decide(settings, history);
        }

        return new AccountOutcome(value, spend);
    }

    private static IBudgetPolicy PolicyOf(string name, IReadOnlyList<CampaignTruth> truths, IReadOnlyList<double> starts, bool sharp) => name switch
    {
        "none" => new UntouchedBudgets(),
        "human" => new WeeklyHuman(starts.Sum(), sharp),
        "rules30" => new DailyRules(starts.Sum()),
        "brief" => new LiteralBrief(starts, truths),
        "agent" => new AgentBudgets(starts.Sum(), starts),
        "oracle" => new OracleBudgets(starts.Sum(), truths),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such policy of budgets."),
    };
}
