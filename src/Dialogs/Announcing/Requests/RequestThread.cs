using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Announcing.Requests;

/// <summary>"approve" or "reject" and why, said in the thread below a request's card: that request is meant, however many wait, also when it was decided meanwhile.</summary>
public sealed partial class RequestThread(IApprovalStore approvals, IConversationStore conversations, VerbGrammar grammar, VerbRunner verbs)
{
    /// <summary>Among so many of the newest requests the one is looked for whose thread it is.</summary>
    private const int MostLookedAt = 200;

    public async Task<bool> TryBareAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (grammar.Parse(turn.Text) is not { Verb.Name: "approve" or "reject" } said)
            return false;

        // What names another request is about that one; what is said beside an approval changes it or means nothing here.
        var more = said.Texts.GetValueOrDefault(Takes.Approval.Name) ?? "";
        if (Handle().IsMatch(more) || (said.Verb.Name == "approve" && more.Length > 0 && !Beside().IsMatch(more)) || await FindAsync(turn, cancellationToken) is not { } request)
            return false;

        return await verbs.TryLineAsync($"{said.Verb.Name} {request.Handle} {more}".TrimEnd(), turn, cancellationToken);
    }

    private async Task<PendingApproval?> FindAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        foreach (var request in (await approvals.LatestAsync(turn.Person.Workspace, MostLookedAt, cancellationToken)).Where(request => turn.Person.Sees(request.Account)))
        {
            var posts = await conversations.PostsAsync(ApprovalBoard.Subject(request.Id), cancellationToken);
            if (posts.Any(post => post.Conversation.ThreadUnder(post.Message) == turn.Conversation))
                return request;
        }

        return null;
    }

    [GeneratedRegex(@"^a\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex Handle();

    [GeneratedRegex(@"^(?:with\s|(?:it|this|that)$)", RegexOptions.IgnoreCase)]
    private static partial Regex Beside();
}
