using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>
/// Takes activities that are known to be genuine: whatever asks for an answer is kept as a turn before this returns, so that Teams may be told "received"; the
/// same one sent again is dropped by its own id.
/// </summary>
internal sealed class TeamsIntake(ITeamsReferenceStore references, TeamsPresses presses, IConversationStore conversations, ITurnIntake turns, TimeProvider machine)
{
    private const string Removed = "the app was removed there; add it again in Teams";
    private const string OtherBot = "28:";

    private readonly Turnstile _inOrder = new();

    /// <summary>Once it returns, what was sent is kept; of one conversation in the order in which it was sent.</summary>
    public async Task<TeamsAnswer> TakeAsync(JsonObject activity, CancellationToken cancellationToken)
    {
        if (activity.Word("from", "id")?.StartsWith(OtherBot, StringComparison.Ordinal) == true && activity.Word("type") == "message")
            return TeamsAnswer.Received;

        var news = TeamsReader.Read(activity, machine.GetUtcNow());
        bool isAddedAnew;
        using (await _inOrder.EnterAsync(activity.Word("conversation", "id") ?? "", cancellationToken))
        {
            isAddedAnew = news is TeamsNews.Added adding && await references.FindAsync(adding.Place.Conversation, cancellationToken) is { Closed: not null };
            foreach (var reference in TeamsReader.References(activity))
                await references.KeepAsync(reference, cancellationToken);

            if (news is TeamsNews.Said said)
                await HearAsync(said, cancellationToken);
        }

        switch (news)
        {
            case TeamsNews.Pressed pressed:
                return await presses.PressAsync(pressed, cancellationToken);
            case TeamsNews.Opened opened:
                return await presses.OpenAsync(opened.By, cancellationToken);
            case TeamsNews.FilledIn filledIn:
                return await presses.SendAsync(filledIn.By, cancellationToken);
            case TeamsNews.Looked looked:
                return await presses.LookAsync(looked, cancellationToken);
            case TeamsNews.Asked:
                return TeamsAnswer.Unknown;
            case TeamsNews.Added { By: { } by } added:
                // On one installation several of these come; whoever did it is greeted once, and once more when the app was removed in between.
                var anew = isAddedAnew ? $"/{activity.Word("id") ?? $"{machine.GetUtcNow().Ticks}"}" : "";
                await turns.TakeAsync(new ChatTurn($"{added.Place.Conversation}/added{anew}", added.Place.Conversation, by, "help", [], null, machine.GetUtcNow()), cancellationToken);
                break;
            case TeamsNews.Removed removed:
                await references.CloseAsync(removed.Place.Conversation, Removed, cancellationToken);
                if (removed.Team is { } team)
                    await references.CloseTeamAsync(team, Removed, cancellationToken);

                break;
        }

        return TeamsAnswer.Received;
    }

    private async Task HearAsync(TeamsNews.Said said, CancellationToken cancellationToken)
    {
        // A group has no threads: what names nobody there is talk among people.
        if (said.NamesNobody && (TeamsPlace.Of(said.Turn.Conversation).Thread is null || !await conversations.TakesPartAsync(said.Turn.Conversation, cancellationToken)))
            return;

        // Our name alone is a question too.
        var turn = said.Turn is { Text: null or "", Files.IsEmpty: true } ? said.Turn with { Text = "help" } : said.Turn;
        await turns.TakeAsync(turn, cancellationToken);
    }
}
