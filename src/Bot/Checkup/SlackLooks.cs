using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Bot.Start;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>A way to Slack and back with each token, a look at each channel, and the link that fails.</summary>
internal static class SlackLooks
{
    private const string Check = "Slack";
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    private const string AddScopes =
        "Add them on the app's OAuth & Permissions page under Scopes, Bot Token Scopes (manifest/slack.json has them all), and reinstall the app there; docs/slack.md says what each is for.";

    /// <summary>Nothing where Slack is not set up.</summary>
    public static async Task<IReadOnlyList<Finding>> AllAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<SlackWorkspaces>() is not { } workspaces)
            return [];

        var findings = new List<Finding>();
        var settings = services.GetRequiredService<SlackSettings>();
        var entered = await InstallLooks.AllAsync(services, findings, cancellationToken);
        if (settings.BotToken is { Length: > 0 })
        {
            try
            {
                var own = await workspaces.OwnAsync(cancellationToken);
                findings.Insert(0, Finding.Ok(Check, $"Slack:BotToken speaks as {own.Self.User} in the workspace {own.Self.Workspace}"));
                if (own.Lacks is { Count: > 0 } missing)
                    findings.Add(Finding.Warn(Check, $"Slack:BotToken lacks {string.Join(", ", missing)}", AddScopes));

                entered.Add(own);
            }
            catch (SlackException fault)
            {
                findings.Add(Broken("Slack:BotToken", fault, "Copy the Bot User OAuth Token again from the app's OAuth & Permissions page; reinstall the app there when its scopes changed."));
            }
        }

        findings.AddRange(await ChannelsAsync(services, entered, cancellationToken));
        findings.AddRange(await PeopleAsync(services, entered, cancellationToken));
        if (!settings.UsesSocket)
            return settings.SigningSecret is { Length: > 0 } secret ? [.. findings, .. await DoorsAsync(services, secret, cancellationToken)] : findings;

        try
        {
            await SlackSocket.ProveAsync(services.GetRequiredService<SlackApi>(), settings, cancellationToken);
            findings.Add(Finding.Ok(Check, "Slack:AppToken may open a connection, and Slack says hello on it"));
        }
        catch (WebSocketException fault)
        {
            findings.Add(Finding.Fail(
                Check, $"Slack:AppToken may open a connection, and none comes about: {fault.Message}", "Let this machine open wss:// to Slack, through the firewall and any proxy: without it nothing is heard from Slack."));
        }
        catch (SlackException fault)
        {
            findings.Add(Broken("Slack:AppToken", fault, "Make a token with the scope connections:write under Basic Information, App-Level Tokens, and switch Socket Mode on."));
        }

        return findings;
    }

    /// <summary>As Slack asks an address that is set for the app: the bot's own listener, and the address that leads to it from outside.</summary>
    private static async Task<IReadOnlyList<Finding>> DoorsAsync(IServiceProvider services, string secret, CancellationToken cancellationToken)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var machine = services.GetRequiredService<TimeProvider>();
        var findings = new List<Finding>();
        foreach (var listener in PublicListener.Read(configuration).Addresses)
            findings.Add(await DoorAsync(PublicListener.Setting, listener, secret, machine.GetUtcNow(), "Start the bot with these settings, and run doctor again beside it.", cancellationToken));

        if (ChatPlace.Read(configuration) is { } outside)
        {
            findings.Add(await DoorAsync(
                ChatPlace.Setting, outside, secret, machine.GetUtcNow(), $"Let the proxy there hand /slack/… to {PublicListener.Setting} as it comes; or, when Slack has another address of yours, look at that one.", cancellationToken));
        }

        return findings;
    }

    private static async Task<Finding> DoorAsync(string setting, Uri door, string secret, DateTimeOffset now, string repair, CancellationToken cancellationToken)
    {
        var challenge = Guid.NewGuid().ToString("N");
        var body = new JsonObject { ["type"] = "url_verification", ["challenge"] = challenge }.ToJsonString();
        var stamp = now.ToUnixTimeSeconds();
        var address = new Uri(door, "slack/events");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !door.IsLoopback }) { Timeout = LongestAnswer };
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(SlackSignature.TimestampHeader, stamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(SlackSignature.SignatureHeader, SlackSignature.Sign(secret, stamp, Encoding.UTF8.GetBytes(body)));
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK when await answer.Content.ReadAsStringAsync(cancellationToken) == challenge => Finding.Ok(Check, $"{setting}: {address} answers what Slack asks"),
                HttpStatusCode.Unauthorized => Finding.Warn(Check, $"{setting}: {address} does not believe Slack:SigningSecret as it is set here", "Copy the Signing Secret again from Basic Information, and start the bot with it; look at this machine's clock."),
                var other => Finding.Warn(Check, $"{setting}: {address} answers {(int)other} and not what Slack asks", repair),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Finding.Warn(Check, $"{setting}: nobody answers at {address} ({(fault is HttpRequestException ? fault.Message : "nothing came in time")})", repair);
        }
    }

    /// <summary>Every channel that something is posted to: whether it is there, and the bot is in it.</summary>
    private static async Task<IReadOnlyList<Finding>> ChannelsAsync(IServiceProvider services, IReadOnlyList<SlackAccess> entered, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<IAdAccounts>();
        var uses = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var account in await accounts.AllAsync(cancellationToken))
        {
            var binding = await accounts.BindingAsync(account.Id, cancellationToken);
            foreach (var (channel, use) in new[] { (binding.Feed, "the feed"), (binding.Approvals, "approvals"), (binding.Incidents, "incidents") })
            {
                if (channel.StartsWith($"{SlackPlace.Prefix}/", StringComparison.Ordinal))
                    (uses.TryGetValue(channel, out var known) ? known : uses[channel] = []).Add(use);
            }
        }

        var findings = new List<Finding>();
        foreach (var (channel, use) in uses)
        {
            var place = SlackPlace.Of(new ConversationId(channel));
            if (entered.FirstOrDefault(known => known.Self.Named == place.Workspace) is { } access)
                findings.Add(await ChannelAsync(services.GetRequiredService<SlackApi>(), access, place, string.Join(", ", use), cancellationToken));
            else if (place.Workspace is { } workspace && entered.All(known => known.Self.Workspace != workspace))
                findings.Add(Finding.Warn(Check, $"the bot is not installed in the workspace {workspace}: {string.Join(", ", use)} cannot be posted to {place.Channel} there", "Open /slack/install in that workspace, or name another channel in Channels."));
            else if (place.Workspace is { } own)
                findings.Add(Finding.Warn(Check, $"{own} is the workspace of Slack:BotToken, whose channels are written without it: {string.Join(", ", use)} cannot be posted to {channel}", $"Write slack/{place.Channel}."));
        }

        return findings;
    }

    /// <summary>Everybody of Slack who was given a role.</summary>
    private static async Task<IReadOnlyList<Finding>> PeopleAsync(IServiceProvider services, IReadOnlyList<SlackAccess> entered, CancellationToken cancellationToken)
    {
        var members = services.GetRequiredService<SlackMembers>();
        var findings = new List<Finding>();
        foreach (var user in services.GetRequiredService<PeopleOptions>().Roles.GetValueOrDefault(SlackPlace.Prefix)?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())
        {
            var person = new PersonId($"{SlackPlace.Prefix}:{user}");
            if (entered.All(known => known.Self.Named != SlackPeople.Of(person).Workspace))
                continue;

            findings.Add(await members.AskAsync(person, cancellationToken) switch
            {
                { Belongs: true } member => Finding.Ok(Check, $"{user} is {member.Name}"),
                { } outsider => Finding.Warn(Check, $"{user} ({outsider.Name}) is a guest, of another organisation, or has left: they have no rights", "Take their role out of People:Roles."),
                null => Finding.Warn(Check, $"Slack does not say who {user} is", "Give the app the scope users:read (manifest/slack.json has it) and install it again."),
            });
        }

        return findings;
    }

    private static async Task<Finding> ChannelAsync(SlackApi api, SlackAccess access, SlackPlace place, string uses, CancellationToken cancellationToken)
    {
        var channel = place.Workspace is { } workspace ? $"{place.Channel} in {workspace}" : place.Channel;
        try
        {
            var about = (await api.CallAsync(access.Call("conversations.info", new JsonObject { ["channel"] = place.Channel }, isForm: true), cancellationToken)).Object("channel");
            var name = about.Word("name") is { } known ? $"#{known} ({channel})" : channel;
            return about.Flag("is_archived")
                ? Finding.Warn(Check, $"{name} is archived: {uses} cannot be posted there", "Unarchive it, or name another one with \"setup\" or in Channels.")
                : about.Flag("is_member")
                    ? Finding.Ok(Check, $"{name} shows {uses}")
                    : Finding.Warn(Check, $"the bot is not in {name}: {uses} cannot be posted there", "Write /invite @campaigns in that channel.");
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Channel)
        {
            return Finding.Warn(
                Check, $"there is no channel {channel} that the bot can see: {uses} cannot be posted there",
                "Write /invite @campaigns in it, which is also how a private one is seen; or copy its id again from the end of its details.");
        }
        catch (SlackException fault)
        {
            return Broken(place.Workspace is { } installed ? $"the token for {installed}" : "Slack:BotToken", fault, "Reinstall the app with the present manifest: looking at a channel needs channels:read and groups:read.");
        }
    }

    public static Finding Broken(string token, SlackException fault, string repair) => fault.Kind is SlackFault.Passing or SlackFault.Limited
        ? Finding.Warn(Check, $"{fault.Message}; the bot starts and tries again, and everything else works", "Look whether this machine reaches Slack:ApiBaseUrl.")
        : Finding.Fail(Check, $"{token} is refused: {fault.Message}", repair);
}
