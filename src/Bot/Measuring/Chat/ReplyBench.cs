namespace ChatOpsCampaigns.Bot.Measuring.Chat;

/// <summary><c>bench reply</c>: how long people wait for the bot's first message, while it watches campaigns as always.</summary>
internal static class ReplyBench
{
    /// <summary>What a marketer says in the browser chat: looks around, walks into the wizard, starts with a sentence.</summary>
    private static readonly string[] Lines =
    [
        "help", "campaigns", "status", "new campaign", "facebook", "help", "back", "save", "drafts", "feed",
        "launch my puzzle game on tiktok in canada, $300 a day, cpa under $12", "cancel", "what can you do?",
    ];

    public static async Task<BenchResult> RunAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        await using var host = await BenchHost.OpenAsync(plan, cancellationToken);
        var campaigns = await BenchCampaigns.AddAsync(host, plan.Campaigns, cancellationToken);
        await host.StartAsync(cancellationToken);
        using var chat = await BenchChat.OpenAsync(host, "ana", cancellationToken);
        foreach (var line in Lines)
            await chat.SayAsync(line, cancellationToken);

        var before = host.Line.Requests;
        var answers = new List<Answered>();
        for (var round = 0; round < plan.Rounds; round++)
        {
            foreach (var line in Lines)
                answers.Add(await chat.SayAsync(line, cancellationToken));
        }

        Spread Of(Func<Answered, (long From, long To)> span) =>
            Spread.Of(answers.Select(span).Select(one => host.Machine.GetElapsedTime(one.From, Math.Max(one.From, one.To))));

        return new BenchResult(
            "reply", plan.Campaigns, BenchCampaigns.Accounts(campaigns), "POST answered → the bot's first message", Of(answer => (answer.Posted, answer.Shown)),
            host.Line.Requests - before)
        {
            Parts =
            [
                ("posted", "POST sent → answered", Of(answer => (answer.Sent, answer.Posted))),
                ("said", "POST sent → the bot's first message", Of(answer => (answer.Sent, answer.Shown))),
            ],
            Counts = [("turns", "lines said", answers.Count)],
        };
    }
}
