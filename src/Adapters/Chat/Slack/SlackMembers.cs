using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>The people of our workspaces as <c>users.info</c> tells of them.</summary>
internal sealed partial class SlackMembers(SlackApi api, SlackWorkspaces workspaces, TimeProvider machine, ILogger<SlackMembers> logger) : HeardMembers(machine)
{
    public override string Channel => SlackPlace.Prefix;

    /// <summary>The name of somebody who was asked about; else the id. Slack is not asked: anybody may write an id.</summary>
    public string NameOf(string user) =>
        (Find(SlackPeople.PersonOf(new SlackPerson(user, null))) ?? All.FirstOrDefault(known => known.Person.Key == user).Member)?.Name ?? user;

    public override string Name(string text) => Ids().Replace(text, id => NameOf(id.Value));

    protected override void Note(PersonId person, Exception fault) => NotSaid(person.Key, fault);

    protected override async Task<Member?> FetchAsync(PersonId person)
    {
        var (user, workspace) = SlackPeople.Of(person);
        var access = await workspaces.AccessAsync(workspace, CancellationToken.None);
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

    [GeneratedRegex(@"(?<!slack:(?:[A-Z0-9]+:)?)\b[UW][A-Z0-9]{3,14}\b")]
    private static partial Regex Ids();

    [LoggerMessage(EventId = 424, Level = LogLevel.Warning, Message = "Slack did not say who {User} is.")]
    private partial void NotSaid(string user, Exception fault);
}
