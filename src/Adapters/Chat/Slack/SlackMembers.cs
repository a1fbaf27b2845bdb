using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>The people of the workspace as <c>users.info</c> tells of them, asked at most every ten minutes. Nothing of it is kept on the disk.</summary>
internal sealed partial class SlackMembers(SlackApi api, SlackWorkspaces workspaces, TimeProvider machine, ILogger<SlackMembers> logger) : IMembers
{
    private const int LongestName = 40;

    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Heard> _heard = new();
    private readonly ConcurrentDictionary<string, Lazy<Task>> _asking = new();

    public string Channel => SlackPlace.Prefix;

    public Member? Known(PersonId person)
    {
        if (!IsFresh(person.Key))
            _ = RefreshAsync(person.Key);

        return _heard.GetValueOrDefault(person.Key)?.Member;
    }

    public async Task<Member?> AskAsync(PersonId person, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsFresh(person.Key))
                await RefreshAsync(person.Key).WaitAsync(Patience, machine, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What was heard before holds; nothing is nothing.
        }

        return _heard.GetValueOrDefault(person.Key)?.Member;
    }

    /// <summary>The name of somebody who was asked about; else the id. Slack is not asked: anybody may write an id.</summary>
    public string NameOf(string user) => _heard.GetValueOrDefault(user)?.Member?.Name ?? user;

    private bool IsFresh(string user) => _heard.TryGetValue(user, out var heard) && machine.GetUtcNow() < heard.Until;

    private Task RefreshAsync(string user) => _asking.GetOrAdd(user, _ => new Lazy<Task>(() => HearAsync(user))).Value;

    private async Task HearAsync(string user)
    {
        try
        {
            _heard[user] = new Heard(await FetchAsync(user), machine.GetUtcNow() + Holds);
        }
        catch (SlackException fault)
        {
            NotSaid(user, fault);
            _heard[user] = new Heard(_heard.GetValueOrDefault(user)?.Member, machine.GetUtcNow() + Rest);
        }
        finally
        {
            _asking.TryRemove(user, out _);
        }
    }

    private async Task<Member> FetchAsync(string user)
    {
        var own = await workspaces.OwnAsync(CancellationToken.None);
        try
        {
            var said = await api.CallAsync(own.Call("users.info", new JsonObject { ["user"] = user }, isForm: true), CancellationToken.None);
            return Read(said.Object("user") ?? throw new SlackException("users.info", "internal_error", "the answer has no user"), user, own.Self.Workspace);
        }
        catch (SlackException fault) when (fault.Error is "user_not_found" or "user_not_visible")
        {
            return new Member(user, Belongs: false);
        }
    }

    private static Member Read(JsonObject about, string user, string workspace)
    {
        var profile = about.Object("profile");
        var name = ((string?[])[profile.Word("display_name"), profile.Word("real_name"), about.Word("real_name"), about.Word("name")]).FirstOrDefault(word => !string.IsNullOrWhiteSpace(word));
        var isElsewhere = about.Flag("is_stranger") || (about.Word("team_id") is { } team && team != workspace && about.Object("enterprise_user") is null);
        return new Member(
            name is null ? user : SlackText.Cut(string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), LongestName),
            !isElsewhere && !about.Flag("deleted") && !about.Flag("is_bot") && !about.Flag("is_restricted") && !about.Flag("is_ultra_restricted"))
        {
            Email = !isElsewhere && about.Flag("is_email_confirmed") ? profile.Word("email") : null,
        };
    }

    /// <param name="Until">Asked again when it is needed after this.</param>
    private sealed record Heard(Member? Member, DateTimeOffset Until);

    [LoggerMessage(EventId = 424, Level = LogLevel.Warning, Message = "Slack did not say who {User} is.")]
    private partial void NotSaid(string user, Exception fault);
}
