using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Bot.Tests.Teams;

/// <summary>The stand-in that everything about Teams is tested against, and the bot behind it, held against Microsoft's own connector client.</summary>
public sealed class TeamsConnectorTests
{
    [Fact(Timeout = 600_000)]
    public async Task Microsofts_own_client_believes_what_the_stand_in_signs_brings_the_bot_an_activity_and_talks_beside_it()
    {
        await using var home = await TeamsBot.StartAsync(TestContext.Current.CancellationToken, "--empty");
        var teams = home.Teams;
        var now = TimeProvider.System.GetUtcNow();
        var claims = TeamsKeys.Claims(TeamsDesk.App, teams.Service, now);
        var (late, elsewhere, about) = ((JsonObject)claims.DeepClone(), (JsonObject)claims.DeepClone(), (JsonObject)claims.DeepClone());
        (late["exp"], elsewhere["aud"], about["serviceurl"]) = (now.AddMinutes(-10).ToUnixTimeSeconds(), "00000000-0000-0000-0000-00000000ffff", "https://smba.trafficmanager.net/amer/");
        teams.Keys.Add("others", ["webchat"]);

        var answer = await AskAsync(new JsonObject
        {
            ["service"] = teams.Service, ["metadata"] = $"{teams.Address}v1/.well-known/openidconfiguration", ["token"] = $"{teams.Address}token", ["door"] = teams.Door!.AbsoluteUri,
            ["app"] = TeamsDesk.App, ["secret"] = TeamsStandIn.Secret, ["tenant"] = TeamsDesk.Tenant,
            ["activity"] = home.Ana.Saying(home.Ana.Direct, "who am i"), ["bearer"] = teams.Keys.Sign(claims),
            ["forged"] = new JsonObject
            {
                ["another audience"] = teams.Keys.Sign(elsewhere), ["another service"] = teams.Keys.Sign(about), ["expired"] = teams.Keys.Sign(late), ["forged"] = TeamsKeys.Forge(claims, "k1"),
                ["not endorsed"] = teams.Keys.Sign(claims, "others"), ["unsigned"] = teams.Keys.Sign(claims, algorithm: "none"),
            },
        });

        ((bool)answer["believed"]!).ShouldBeTrue("their client believes what the stand-in signs");
        answer["refused"]!.AsArray().Select(name => (string)name!).ShouldBe(["another audience", "another service", "expired", "forged", "not endorsed", "unsigned"]);
        ((int)answer["status"]!).ShouldBe(200);
        ((string?)answer["opened"]).ShouldBe(home.Ana.Direct);
        ((string?)answer["member"]).ShouldBe("Ana N.");
        var ours = await home.Ana.SeesAsync("Marketer", TestContext.Current.CancellationToken);
        var theirs = teams.Desk.Messages.Single(message => message.Id == (string?)answer["sent"]);
        (theirs.Chat, theirs.Words, theirs.Edited).ShouldBe((home.Ana.Direct, "edited by their client", true));
        ours.Chat.ShouldBe(theirs.Chat);
    }

    private static async Task<JsonObject> AskAsync(JsonObject asked, [CallerFilePath] string here = "")
    {
        var script = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "scripts", "teams-connector.mjs"));
        var start = new ProcessStartInfo("node", [script, asked.ToJsonString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var (says, fault) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(await says) as JsonObject ?? throw new InvalidOperationException(await fault);
    }
}
