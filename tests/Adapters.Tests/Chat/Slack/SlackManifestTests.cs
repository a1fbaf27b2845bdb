using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>What the manifest asks of a workspace against what the program calls and reads: no scope too many, none too few.</summary>
public sealed partial class SlackManifestTests
{
    /// <summary>Methods of the Web API that are called, and the scopes that each needs; none where it needs none.</summary>
    private static readonly Dictionary<string, string?> Methods = new()
    {
        ["apps.connections.open"] = null,
        ["auth.revoke"] = null,
        ["auth.test"] = null,
        ["chat.postEphemeral"] = "chat:write",
        ["chat.postMessage"] = "chat:write",
        ["chat.update"] = "chat:write",
        ["conversations.history"] = "channels:history groups:history im:history",
        ["conversations.info"] = "channels:read groups:read",
        ["conversations.list"] = "channels:read groups:read",
        ["conversations.open"] = "im:write",
        ["conversations.replies"] = "channels:history groups:history im:history",
        ["files.completeUploadExternal"] = "files:write",
        ["files.getUploadURLExternal"] = "files:write",
        ["files.info"] = "files:read",
        ["oauth.v2.access"] = null,
        ["users.info"] = "users:read users:read.email",
        ["views.open"] = null,
        ["views.publish"] = null,
    };

    private static readonly Dictionary<string, string?> Events = new()
    {
        ["app_home_opened"] = null,
        ["app_mention"] = "app_mentions:read",
        ["app_uninstalled"] = null,
        ["channel_archive"] = "channels:read",
        ["channel_deleted"] = "channels:read",
        ["channel_left"] = "channels:read",
        ["channel_unarchive"] = "channels:read",
        ["group_archive"] = "groups:read",
        ["group_deleted"] = "groups:read",
        ["group_left"] = "groups:read",
        ["group_unarchive"] = "groups:read",
        ["member_joined_channel"] = "channels:read groups:read",
        ["message.channels"] = "channels:history",
        ["message.groups"] = "groups:history",
        ["message.im"] = "im:history",
        ["tokens_revoked"] = null,
    };

    /// <summary>The slash command's.</summary>
    private const string Commands = "commands";

    private static JsonNode Manifest => JsonNode.Parse(File.ReadAllText(Path.Combine(Root(), "manifest", "slack.json")))!;

    [Fact]
    public void Every_method_that_is_called_is_known_here_with_its_scope() =>
        Directory.EnumerateFiles(Path.Combine(Root(), "src", "Adapters", "Chat", "Slack"), "*.cs", SearchOption.AllDirectories)
            .Append(Path.Combine(Root(), "src", "Bot", "Checkup", "SlackLooks.cs"))
            .SelectMany(file => Method().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe(Methods.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Scopes_are_those_of_the_methods_and_events_and_no_others() =>
        Words(Manifest["oauth_config"]!["scopes"]!["bot"]!).ShouldBe(Methods.Values.Concat(Events.Values).OfType<string>().SelectMany(scopes => scopes.Split(' ')).Append(Commands).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_workspace_that_installs_the_app_is_asked_for_the_same() => SlackScopes.All.ShouldBe(Words(Manifest["oauth_config"]!["scopes"]!["bot"]!));

    [Fact]
    public void Events_are_those_that_are_read() => Words(Manifest["settings"]!["event_subscriptions"]!["bot_events"]!).ShouldBe(Events.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Shortcuts_are_those_that_are_read_and_their_names_fit()
    {
        var shortcuts = Manifest["features"]!["shortcuts"]!.AsArray();
        foreach (var shortcut in shortcuts)
        {
            var chosen = JsonNode.Parse("""{"trigger_id":"t1","team":{"id":"T0CAMP001"},"user":{"id":"U0ANA"},"channel":{"id":"C0ADS"},"message":{"ts":"1.2","files":[]}}""")!.AsObject();
            chosen["type"] = (string)shortcut!["type"]! == "global" ? "shortcut" : "message_action";
            chosen["callback_id"] = (string)shortcut["callback_id"]!;
            SlackReader.Read(chosen, new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), default).ShouldBeOfType<SlackNews.Chosen>();
        }

        shortcuts.ShouldAllBe(shortcut => ((string)shortcut!["name"]!).Length <= 24);
    }

    [Fact]
    public void Its_names_keep_the_limits_of_slack_and_it_needs_no_address()
    {
        ((string)Manifest["display_information"]!["name"]!).Length.ShouldBeLessThanOrEqualTo(35);
        ((string)Manifest["display_information"]!["description"]!).Length.ShouldBeLessThanOrEqualTo(140);
        ((string)Manifest["features"]!["bot_user"]!["display_name"]!).Length.ShouldBeLessThanOrEqualTo(80);
        Manifest["settings"]!["socket_mode_enabled"]!.GetValue<bool>().ShouldBeTrue();
        Manifest.ToJsonString().ShouldNotContain("http");
    }

    [Fact]
    public void The_one_for_http_differs_in_its_addresses_alone()
    {
        var http = JsonNode.Parse(File.ReadAllText(Path.Combine(Root(), "manifest", "slack.http.json")))!;
        var settings = http["settings"]!.AsObject();
        ((string)settings["event_subscriptions"]!["request_url"]!).ShouldEndWith("/slack/events");
        ((string)settings["interactivity"]!["request_url"]!).ShouldEndWith("/slack/interactivity");
        ((string)settings["interactivity"]!["message_menu_options_url"]!).ShouldEndWith("/slack/options");
        ((string)http["oauth_config"]!["redirect_urls"]![0]!).ShouldEndWith("/slack/oauth");
        ((string)http["features"]!["slash_commands"]![0]!["url"]!).ShouldEndWith("/slack/commands");

        settings["event_subscriptions"]!.AsObject().Remove("request_url");
        settings["interactivity"]!.AsObject().Remove("request_url");
        settings["interactivity"]!.AsObject().Remove("message_menu_options_url");
        http["oauth_config"]!.AsObject().Remove("redirect_urls");
        http["features"]!["slash_commands"]![0]!.AsObject().Remove("url");
        settings["socket_mode_enabled"] = true;
        http.ToJsonString().ShouldBe(Manifest.ToJsonString());
    }

    private static IEnumerable<string> Words(JsonNode list) => list.AsArray().Select(word => (string)word!);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));

    [GeneratedRegex("\"((?:apps|auth|chat|conversations|files|users|usergroups|views|oauth|team|reactions|assistant)\\.[a-zA-Z0-9.]+)\"")]
    private static partial Regex Method();
}
