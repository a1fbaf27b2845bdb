using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>What a person finds who looks in without saying anything: the dashboard, and where to go from there.</summary>
public sealed class HomePage(DashboardProjection dashboard, Sights people)
{
    public async Task<ChatMessage> OfAsync(PersonId id, CancellationToken cancellationToken)
    {
        var person = await people.AloneAsync(id, cancellationToken);
        if (person.Outside is { } why)
            return new ChatMessage(why);

        var figures = await dashboard.BuildAsync(person, cancellationToken);
        return figures.Lines.IsEmpty
            ? new ChatMessage("There is no campaign yet.") { QuickReplies = [.. person.MaySomewhere(Permission.Draft) ? [new QuickReply("New campaign", "new campaign")] : NoWay, .. Ways(person)] }
            : ChatMessage.Of(DashboardCard.Of(figures, person)) with { QuickReplies = [.. Ways(person)] };
    }

    private static readonly QuickReply[] NoWay = [];

    private static IEnumerable<QuickReply> Ways(Person person)
    {
        if (person.MaySomewhere(Permission.Draft))
            yield return new QuickReply("Drafts", "drafts");

        if (person.MaySomewhere(Permission.Operate))
            yield return new QuickReply("AI settings", "settings");

        yield return new QuickReply("Export", "export");
        yield return new QuickReply("Incidents", "incidents");
        yield return new QuickReply("Approvals", "approvals");
        yield return new QuickReply("Help", "help");
    }
}
