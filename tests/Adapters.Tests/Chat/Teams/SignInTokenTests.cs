using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Teams.Tab;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>Who is believed to look at the personal tab, against an authority of the tests' own: its keys are fetched over real sockets.</summary>
public sealed class SignInTokenTests : IAsyncLifetime
{
    private const string Ana = "00000000-0000-0000-0000-00000000A1A1";
    private const string Other = "00000000-0000-0000-0000-00000000eeee";

    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private TeamsStandIn _teams = null!;
    private SignInTokens _tokens = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _machine.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _teams = await TeamsStandIn.StartAsync(Cancel);
        var settings = new TeamsSettings
        {
            AppId = TeamsDesk.App, TenantId = TeamsDesk.Tenant, ClientSecret = "s", PersonalTab = true, PublicHost = "bots.acme.test",
            SignInMetadataUrl = $"{_teams.Address}entra/.well-known/openid-configuration",
        };
        _tokens = new SignInTokens(new SignInKeys(_http, settings, _machine), settings, _machine);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        await _teams.DisposeAsync();
    }

    /// <summary>What is changed about a good token, and what is made of it.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "good", "taken" },
        { "of the older version", "taken" },
        { "expired 4 minutes ago", "taken" },
        { "expired 6 minutes ago", "401" },
        { "not valid for 6 minutes yet", "401" },
        { "without an end", "401" },
        { "issued for another tenant", "401" },
        { "from the Bot Connector", "401" },
        { "HS256 with the public key", "401" },
        { "alg none", "401" },
        { "no key id", "401" },
        { "a key that nobody has", "401" },
        { "a forger's key of the same name", "401" },
        { "the Connector's key of the same name", "401" },
        { "no token", "401" },
        { "two tokens", "401" },
        { "another audience", "403" },
        { "our app at another address", "403" },
        { "another tenant", "403" },
        { "no tenant", "403" },
        { "an app's own token", "403" },
        { "another scope", "403" },
        { "nobody", "403" },
        { "no object id", "403" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whose_sign_in_is_believed_and_whose_is_not(string what, string expected)
    {
        string[] headers = [$"Bearer {Token(what)}"];
        headers = what switch { "no token" => [], "two tokens" => [headers[0], headers[0]], _ => headers };

        var (person, trust) = await _tokens.WhoAsync(headers, Cancel);

        (person is not null ? "taken" : !trust.CanBeTold ? "503" : trust.IsKnown ? "403" : "401").ShouldBe(expected, trust.Why);
        (person?.Value).ShouldBe(expected == "taken" ? "teams:00000000-0000-0000-0000-00000000a1a1" : null);
    }

    [Fact]
    public async Task While_nobody_says_what_keys_Entra_has_nobody_is_anybody()
    {
        _teams.KeysAreAway = true;

        var (person, trust) = await _tokens.WhoAsync([$"Bearer {Token("good")}"], Cancel);

        person.ShouldBeNull();
        trust.CanBeTold.ShouldBeFalse();
    }

    private string Token(string what)
    {
        var claims = TeamsKeys.SignIn(TeamsDesk.App, TeamsDesk.Tenant, Ana, Now);
        Change(what, claims);
        return what switch
        {
            "HS256 with the public key" => _teams.SignIns.Sign(claims, algorithm: "HS256"),
            "alg none" => _teams.SignIns.Sign(claims, algorithm: "none"),
            "no key id" => _teams.SignIns.Sign(claims, keyless: true),
            "a key that nobody has" => TeamsKeys.Forge(claims, "k9"),
            "a forger's key of the same name" => TeamsKeys.Forge(claims, "k1"),
            "the Connector's key of the same name" => _teams.Keys.Sign(claims),
            _ => _teams.SignIns.Sign(claims),
        };
    }

    private void Change(string what, JsonObject claims)
    {
        switch (what)
        {
            case "of the older version": (claims["iss"], claims["aud"]) = ($"https://sts.windows.net/{TeamsDesk.Tenant}/", $"api://bots.acme.test/{TeamsDesk.App}"); break;
            case "expired 4 minutes ago": claims["exp"] = Now.AddMinutes(-4).ToUnixTimeSeconds(); break;
            case "expired 6 minutes ago": claims["exp"] = Now.AddMinutes(-6).ToUnixTimeSeconds(); break;
            case "not valid for 6 minutes yet": claims["nbf"] = Now.AddMinutes(6).ToUnixTimeSeconds(); break;
            case "without an end": claims.Remove("exp"); break;
            case "issued for another tenant": claims["iss"] = $"https://login.microsoftonline.com/{Other}/v2.0"; break;
            case "from the Bot Connector": claims["iss"] = TeamsKeys.Issuer; break;
            case "another audience": claims["aud"] = Other; break;
            case "our app at another address": claims["aud"] = $"api://evil.test/{TeamsDesk.App}"; break;
            case "another tenant": claims["tid"] = Other; break;
            case "no tenant": claims.Remove("tid"); break;
            case "an app's own token": claims.Remove("scp"); break;
            case "another scope": claims["scp"] = "User.Read access_as_user_not"; break;
            case "nobody": claims["oid"] = "ana"; break;
            case "no object id": claims.Remove("oid"); break;
        }
    }
}
