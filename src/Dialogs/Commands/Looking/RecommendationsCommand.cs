using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent.Recommending;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Looking;

public sealed class RecommendationsCommand(DashboardProjection dashboard) : ICommand
{
    private const int MostLacking = 8;

    public Verb Verb { get; } = new(
        "recommendations", ["recommendations", "recommend"], [Takes.Campaign with { Optional = true }], Permission.See, VerbKind.Reads,
        "says what more could be done, with figures and a range: a lookalike, another country, more creatives, money from a dear campaign to a cheap one; each opens a draft or a question",
        "recommendations");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var advice = (await dashboard.BuildAsync(turn.Person, cancellationToken)).Advice;
        await turn.SayAsync(ChatMessage.Of(CardOf(call.Find<Campaign>("name") is { } one ? Of(one, advice) : advice)), cancellationToken);
    }

    private static AdviceList Of(Campaign one, AdviceList all) =>
        new([.. all.Advice.Where(advice => advice.Campaign == one.Id)], [.. all.Lacking.Where(lacking => lacking.Campaign == one.Id)])
        {
            Judged = [.. all.Judged.Where(known => known == one.Id)], Held = [.. all.Held.Where(held => held.Campaign == one.Id)],
        };

    private static SheetCard CardOf(AdviceList list) => new(
        "Recommendations", [Lead(list)], [.. list.Advice.SelectMany(AdviceSections.Of), .. Listed("Too little is known yet of", list.Lacking), .. Listed("Not proposed", list.Held)],
        list.Advice.IsEmpty ? "" : AdviceSections.Note);

    private static string Lead(AdviceList list) => list switch
    {
        { Advice: { IsEmpty: false } advice } => advice.Length == 1 ? "One thing that more could be done with" : $"{advice.Length} things that more could be done with",
        { Lacking.IsEmpty: true, Judged.IsEmpty: true } => "No campaign runs here, so there is nothing to go by.",
        _ => "Nothing is recommended now.",
    };

    private static IEnumerable<SheetCard.Section> Listed(string title, ImmutableArray<LackingAdvice> all)
    {
        if (all.IsEmpty)
            yield break;

        var more = all.Length > MostLacking ? [$"and {all.Length - MostLacking} more"] : ImmutableArray<string>.Empty;
        yield return new SheetCard.Section(title, [.. all.Take(MostLacking).Select(one => one.Says), .. more]);
    }
}
