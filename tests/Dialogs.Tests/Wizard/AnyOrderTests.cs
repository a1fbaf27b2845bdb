using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>Whatever order people answer, go back and forth, save and continue in: what was accepted stays, and every line gets an answer.</summary>
public sealed class AnyOrderTests
{
    private const int Turns = 60;

    private static readonly string[] Answers =
    [
        "facebook", "app install, installs, ios, https://apps.apple.com/app/id1234567890", "US, CA; 18-44; all", "Germany, FR", "add Mexico", "women", "21-50", "$500/day, max $750, cost cap $12, max bid $15",
        "budget $600", "max $900", "balanced, min roas 2.0, max cpa $18", "aggressive", "start tomorrow 9am", "start now", "until 31 Dec", "hours 6-22", "name it Spring sale", "default", "edit countries",
    ];

    private static readonly string[] Moves = ["back", "done", "save", "review", "help", "edit budget", "cancel", "drafts"];

    private static readonly string[] Signs =
    [
        "$", "5", "00", " ", ",", ".", "-", "/", "US", "Canda", "start", "31/02", "c1", "max", "budget", "\u202e", "\u00a0", "😀", "'", "\"", "(", "{", "%", "=", "\u0967", "roas", "to", "and", "until", "18", "k", "e9",
    ];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_was_accepted_stays_until_it_is_said_anew(int seed)
    {
        var random = new Random(seed);
        var bench = new ChatBench();
        var talk = new Transcript(bench);
        await talk.SayAsync("ana", Now, "new campaign");
        for (var turn = 0; turn < Turns; turn++)
        {
            var before = await DraftAsync(bench);
            var (line, moves) = random.Next(4) switch
            {
                0 => (Moves[random.Next(Moves.Length)], true),
                1 => (Noise(random), false),
                _ => (Answers[random.Next(Answers.Length)], false),
            };
            var length = talk.ToString().Length;
            await talk.SayAsync("ana", Now, line);
            if (line is "save" or "cancel")
                await talk.SayAsync("ana", Now, "continue");

            talk.ToString()[length..].ShouldContain("(local/ana", Case.Sensitive, $"seed {seed}, turn {turn}: \"{line}\" got no answer");
            talk.Faults.ShouldBeEmpty($"seed {seed}, turn {turn}: \"{line}\"");
            var after = await DraftAsync(bench);
            if (moves)
                Said(after).ShouldBe(Said(before), $"seed {seed}, turn {turn}: \"{line}\"");
            else
                Gone(before, after).ShouldBeEmpty($"seed {seed}, turn {turn}: \"{line}\"");
        }

        await talk.SayAsync("ana", Now, "review");
        Shown(await DraftAsync(bench)).ShouldAllBe(value => bench.SeenBy("ana").TakeLast(3).Any(text => text.Contains(value, StringComparison.Ordinal)));
    }

    private static string Noise(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Signs[random.Next(Signs.Length)]));

    private static async Task<CampaignDraft> DraftAsync(ChatBench bench) => (await bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).ShouldHaveSingleItem();

    /// <summary>Everything that people said, by the name of its field.</summary>
    private static Dictionary<string, string?> Said(CampaignDraft draft) => new()
    {
        ["name"] = draft.Name,
        ["network"] = draft.Network?.Value,
        ["type"] = draft.Type?.ToString(),
        ["objective"] = draft.Objective?.ToString(),
        ["address"] = draft.Destination.StoreUrl ?? draft.Destination.LandingUrl,
        ["countries"] = draft.Countries.IsEmpty ? null : string.Join(' ', draft.Countries),
        ["youngest"] = draft.AgeMin?.ToString(CultureInfo.InvariantCulture),
        ["oldest"] = draft.AgeMax?.ToString(CultureInfo.InvariantCulture),
        ["gender"] = draft.Gender?.ToString(),
        ["budget"] = draft.BudgetAmount?.ToString(),
        ["cap"] = draft.MaxDailySpend?.ToString(),
        ["cost"] = draft.TargetCpa?.ToString(),
        ["bid"] = draft.MaxBid?.ToString(),
        ["mode"] = draft.Automation?.Mode.ToString(),
        ["roas"] = draft.Automation?.MinRoas?.ToString(CultureInfo.InvariantCulture),
        ["cpa"] = draft.Automation?.MaxCpa?.ToString(),
        ["end"] = draft.Schedule?.End?.ToString(CultureInfo.InvariantCulture),
    };

    private static IEnumerable<string> Gone(CampaignDraft before, CampaignDraft after)
    {
        var (was, now) = (Said(before), Said(after));
        return was.Keys.Where(field => was[field] is not null && now[field] is null);
    }

    /// <summary>What the review has to show of it, as it stands there.</summary>
    private static IEnumerable<string> Shown(CampaignDraft draft)
    {
        if (!draft.Countries.IsEmpty)
            yield return string.Join(", ", draft.Countries);

        if (draft.BudgetAmount is { } budget)
            yield return budget.ToString();

        if (draft.MaxDailySpend is { } cap)
            yield return cap.ToString();
    }
}
