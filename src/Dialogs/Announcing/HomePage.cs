using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent.Recommending;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>What a person finds who looks in without saying anything: the dashboard, where to go from there, what happened last, and what more could be done.</summary>
public sealed class HomePage(DashboardProjection dashboard, IActivityFeed feed, Sights people)
{
    private const int MostNews = 8;
    private const int MostAdvice = 3;

    private static readonly TimeSpan Back = TimeSpan.FromHours(24);

    /// <returns>What stands below each other, the most important first.</returns>
    public async Task<ImmutableArray<ChatMessage>> OfAsync(PersonId id, CancellationToken cancellationToken)
    {
        var person = await people.AloneAsync(id, cancellationToken);
        if (person.Outside is { } why)
            return [new ChatMessage(why)];

        var figures = await dashboard.BuildAsync(person, cancellationToken);
        if (figures.Lines.IsEmpty)
            return [new ChatMessage("There is no campaign yet.") { QuickReplies = [.. person.MaySomewhere(Permission.Draft) ? [new QuickReply("New campaign", "new campaign")] : NoWay, .. Ways(person)] }];

        var news = await feed.SeenByAsync(person, campaign: null, figures.At - Back, MostNews + 1, cancellationToken);
        return
        [
            ChatMessage.Of(DashboardCard.Of(figures, person)) with { QuickReplies = [.. Ways(person)] },
            ChatMessage.Of(News(news, figures.At)),
            .. figures.Advice.Advice.IsEmpty ? NoAdvice : [ChatMessage.Of(Advice(figures.Advice.Advice, person))],
        ];
    }

    private static readonly QuickReply[] NoWay = [];
    private static readonly ChatMessage[] NoAdvice = [];

    private static SheetCard News(IReadOnlyList<FeedEvent> news, DateTimeOffset now) => new(
        "The last 24 hours", news.Count == 0 ? ["Nothing happened."] : [], [.. news.Take(MostNews).Select(happened => NewsSections.Of(happened, now))],
        news.Count > MostNews ? "There is more: say \"feed\"." : "");

    private static SheetCard Advice(ImmutableArray<CampaignAdvice> advice, Person person) => new(
        "Recommendations", [], [.. advice.Take(MostAdvice).SelectMany(one => May(one, person) ? AdviceSections.Of(one) : [AdviceSections.ToRead(one)])],
        advice.Length > MostAdvice ? $"{AdviceSections.Note} {advice.Length - MostAdvice} more: say \"recommendations\"." : AdviceSections.Note);

    private static bool May(CampaignAdvice advice, Person person) => person.MaySomewhere(advice.Kind == AdviceKind.BudgetShift ? Permission.Raise : Permission.Draft);

    private static IEnumerable<QuickReply> Ways(Person person)
    {
        if (person.MaySomewhere(Permission.Draft))
            yield return new QuickReply("Drafts", "drafts");

        if (person.MaySomewhere(Permission.Operate))
            yield return new QuickReply("AI settings", "settings");

        yield return new QuickReply("Export report", "export");
        yield return new QuickReply("Incidents", "incidents");
        yield return new QuickReply("Approvals", "approvals");
        yield return new QuickReply("Help", "help");
    }
}
