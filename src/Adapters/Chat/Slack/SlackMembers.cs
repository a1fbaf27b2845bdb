using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>The people of our workspaces as <c>users.info</c> tells of them, asked at most every ten minutes. Nothing of it is kept on the disk.</summary>
internal sealed partial class SlackMembers(SlackApi api, SlackWorkspaces workspaces, TimeProvider machine, ILogger<SlackMembers> logger) : IMembers
{
    private const int LongestName = 40;

    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<PersonId, Heard> _heard = new();
    private readonly ConcurrentDictionary<PersonId, Lazy<Task>> _asking = new();

    public string Channel => SlackPlace.Prefix;

    public Member? Known(PersonId person)
    {
        if (!IsFresh(person))
            _ = RefreshAsync(person);

        return _heard.GetValueOrDefault(person)?.Member;
    }

    public async Task<Member?> AskAsync(PersonId person, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsFresh(person))
                await RefreshAsync(person).WaitAsync(Patience, machine, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What was heard before holds; nothing is nothing.
        }

        return _heard.GetValueOrDefault(person)?.Member;
    }

    /// <summary>The name of somebody who was asked about; else the id. Slack is not asked: anybody may write an id.</summary>
    public string NameOf(string user) =>
        (_heard.GetValueOrDefault(SlackPeople.PersonOf(new SlackPerson(user, null))) ?? _heard.FirstOrDefault(known => known.Key.Key == user).Value)?.Member?.Name ?? user;

    private bool IsFresh(PersonId person) => _heard.TryGetValue(person, out var heard) && machine.GetUtcNow() < heard.Until;

    private Task RefreshAsync(PersonId person) => _asking.GetOrAdd(person, _ => new Lazy<Task>(() => HearAsync(person))).Value;

    private async Task HearAsync(PersonId person)
    {
        try
        {
            _heard[person] = new Heard(await FetchAsync(SlackPeople.Of(person)), machine.GetUtcNow() + Holds);
        }
        catch (Exception fault) when (fault is SlackException or ClosedPlaceException)
        {
            NotSaid(person.Key, fault);
            _heard[person] = new Heard(_heard.GetValueOrDefault(person)?.Member, machine.GetUtcNow() + Rest);
        }
        finally
        {
            _asking.TryRemove(person, out _);
        }
    }

    private async Task<Member> FetchAsync(SlackPerson person)
    {
        var user = person.Id;
        var access = await workspaces.AccessAsync(person.Workspace, CancellationToken.None);
        try
        {
            var said = await api.CallAsync(access.Call("users.info", new JsonObject { ["user"] = user }, isForm: true), CancellationToken.None);
            return Read(said.Object("user") ?? throw new SlackException("users.info", "internal_error", "the answer has no user"), user, access.Self.Workspace);
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
