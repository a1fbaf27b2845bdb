using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>Which tokens are believed, against an authority of the tests' own: its keys are fetched over real sockets.</summary>
public sealed class InboundTokenTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private TeamsStandIn _teams = null!;
    private TeamsSettings _settings = null!;
    private InboundTokens _tokens = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _machine.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _teams = await TeamsStandIn.StartAsync(Cancel);
        _settings = new TeamsSettings { AppId = TeamsDesk.App, TenantId = TeamsDesk.Tenant, ClientSecret = "s", OpenIdMetadataUrl = $"{_teams.Address}v1/.well-known/openidconfiguration" };
        _tokens = new InboundTokens(new ConnectorKeys(_http, _settings, _machine), _settings, _machine);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
        await _teams.DisposeAsync();
    }

    /// <summary>What is changed about a good request, and what is made of it.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "good", "taken" },
        { "RS384", "taken" },
        { "RS512", "taken" },
        { "expired 4 minutes ago", "taken" },
        { "service URL in other case", "taken" },
        { "expired 6 minutes ago", "401" },
        { "not valid for 6 minutes yet", "401" },
        { "without an end", "401" },
        { "another issuer", "401" },
        { "issued by Entra", "401" },
        { "HS256 with the public key", "401" },
        { "alg none", "401" },
        { "no key id", "401" },
        { "a key that nobody has", "401" },
        { "a forger's key of the same name", "401" },
        { "changed after it was signed", "401" },
        { "no token", "401" },
        { "two tokens", "401" },
        { "another scheme", "401" },
        { "nonsense", "401" },
        { "another audience", "403" },
        { "a key without endorsements", "403" },
        { "a key endorsed for others", "403" },
        { "another service URL", "403" },
        { "no service URL claimed", "403" },
        { "no service URL in the activity", "403" },
        { "a service URL of somebody else", "403" },
        { "another channel", "403" },
        { "another tenant", "403" },
        { "another tenant in its channel data", "403" },
        { "no tenant", "403" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_believed_and_what_is_not(string what, string expected)
    {
        _teams.Keys.Add("bare", null);
        _teams.Keys.Add("others", ["webchat", "skype"]);
        var claims = TeamsKeys.Claims(TeamsDesk.App, _teams.Service, Now);
        var activity = Activity();
        string[] headers = [$"Bearer {Changed(what, claims, activity)}"];
        headers = what switch
        {
            "no token" => [],
            "two tokens" => [headers[0], headers[0]],
            "another scheme" => [$"bearer {headers[0]["Bearer ".Length..]}"],
            _ => headers,
        };

        var trust = await _tokens.CheckAsync(headers, activity, Cancel);

        (trust.IsGenuine ? "taken" : !trust.CanBeTold ? "503" : trust.IsKnown ? "403" : "401").ShouldBe(expected, trust.Why);
        trust.IsGenuine.ShouldBe(trust.Why.Length == 0);
    }

    [Fact]
    public async Task A_new_key_is_looked_up_at_once_and_unknown_ones_do_not_keep_us_asking()
    {
        (await CheckAsync()).IsGenuine.ShouldBeTrue();
        _teams.KeysAsked.ShouldBe(1);

        _machine.Advance(TimeSpan.FromMinutes(6));
        _teams.Keys.Add("k2", ["msteams"]);
        _teams.Keys.Remove("k1");
        _teams.Keys.Current = "k2";
        (await CheckAsync()).IsGenuine.ShouldBeTrue("the keys were rolled over");
        _teams.KeysAsked.ShouldBe(2);

        for (var attempt = 0; attempt < 5; attempt++)
            (await _tokens.CheckAsync([$"Bearer {TeamsKeys.Forge(TeamsKeys.Claims(TeamsDesk.App, _teams.Service, Now), $"invented-{attempt}")}"], Activity(), Cancel)).IsGenuine.ShouldBeFalse();

        _teams.KeysAsked.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_that_was_taken_away_is_not_believed_for_longer_than_a_day()
    {
        var old = TeamsKeys.Claims(TeamsDesk.App, _teams.Service, Now);
        old["exp"] = Now.AddDays(3).ToUnixTimeSeconds();
        var token = _teams.Keys.Sign(old);
        (await _tokens.CheckAsync([$"Bearer {token}"], Activity(), Cancel)).IsGenuine.ShouldBeTrue();
        _teams.Keys.Add("k2", ["msteams"]);
        _teams.Keys.Remove("k1");

        _machine.Advance(TimeSpan.FromHours(25));

        (await _tokens.CheckAsync([$"Bearer {token}"], Activity(), Cancel)).IsGenuine.ShouldBeFalse();
    }

    [Fact]
    public async Task While_nobody_says_what_keys_there_are_it_is_to_be_brought_again_and_known_keys_hold()
    {
        _teams.KeysAreAway = true;
        (await CheckAsync()).CanBeTold.ShouldBeFalse();

        _teams.KeysAreAway = false;
        (await CheckAsync()).IsGenuine.ShouldBeTrue();

        _teams.KeysAreAway = true;
        _machine.Advance(TimeSpan.FromHours(25));
        (await CheckAsync()).IsGenuine.ShouldBeTrue("yesterday's keys hold while nobody answers");

        _machine.Advance(TimeSpan.FromDays(6));
        (await CheckAsync()).CanBeTold.ShouldBeFalse("for a week at most");
    }

    [Fact]
    public async Task Keys_of_half_a_day_are_asked_for_behind_and_nobody_waits_for_them()
    {
        await CheckAsync();
        var silence = new TaskCompletionSource();
        _teams.KeysWait = silence.Task;
        _machine.Advance(TimeSpan.FromHours(13));

        (await CheckAsync()).IsGenuine.ShouldBeTrue();

        silence.SetResult();
        while (_teams.KeysAsked < 2)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
    }

    [Fact]
    public async Task Keys_older_than_a_day_that_nobody_tells_hold_after_a_moment()
    {
        await CheckAsync();
        _teams.KeysWait = new TaskCompletionSource().Task;
        _machine.Advance(TimeSpan.FromHours(25));

        var check = CheckAsync();
        while (!check.IsCompleted)
        {
            _machine.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }

        (await check).IsGenuine.ShouldBeTrue();
    }

    private Task<Trust> CheckAsync() => _tokens.CheckAsync([$"Bearer {_teams.Keys.Sign(TeamsKeys.Claims(TeamsDesk.App, _teams.Service, Now))}"], Activity(), Cancel);

    private JsonObject Activity() => new TeamsUser(_teams, "Ana", "00000000-0000-0000-0000-00000000a1a1").Saying("a:ana", "status");

    private string Changed(string what, JsonObject claims, JsonObject activity)
    {
        switch (what)
        {
            case "expired 4 minutes ago": claims["exp"] = Now.AddMinutes(-4).ToUnixTimeSeconds(); break;
            case "expired 6 minutes ago": claims["exp"] = Now.AddMinutes(-6).ToUnixTimeSeconds(); break;
            case "not valid for 6 minutes yet": claims["nbf"] = Now.AddMinutes(6).ToUnixTimeSeconds(); break;
            case "without an end": claims.Remove("exp"); break;
            case "another issuer": claims["iss"] = "https://api.botframework.us"; break;
            case "issued by Entra": claims["iss"] = $"https://login.microsoftonline.com/{TeamsDesk.Tenant}/v2.0"; break;
            case "another audience": claims["aud"] = "00000000-0000-0000-0000-00000000ffff"; break;
            case "service URL in other case": claims["serviceurl"] = _teams.Service.ToUpperInvariant(); break;
            case "another service URL": claims["serviceurl"] = "https://smba.trafficmanager.net/amer/"; break;
            case "no service URL claimed": claims.Remove("serviceurl"); break;
            case "no service URL in the activity": activity.Remove("serviceUrl"); break;
            case "a service URL of somebody else": claims["serviceurl"] = "https://evil.example/"; activity["serviceUrl"] = "https://evil.example/"; break;
            case "another channel": activity["channelId"] = "webchat"; break;
            case "another tenant": activity["conversation"]!["tenantId"] = "00000000-0000-0000-0000-00000000eeee"; break;
            case "another tenant in its channel data": activity["channelData"]!["tenant"]!["id"] = "00000000-0000-0000-0000-00000000eeee"; break;
            case "no tenant": activity["conversation"]!.AsObject().Remove("tenantId"); activity.Remove("channelData"); break;
        }

        return what switch
        {
            "RS384" or "RS512" => _teams.Keys.Sign(claims, algorithm: what),
            "HS256 with the public key" => _teams.Keys.Sign(claims, algorithm: "HS256"),
            "alg none" => _teams.Keys.Sign(claims, algorithm: "none"),
            "no key id" => _teams.Keys.Sign(claims, keyless: true),
            "a key that nobody has" => TeamsKeys.Forge(claims, "k9"),
            "a forger's key of the same name" => TeamsKeys.Forge(claims, "k1"),
            "changed after it was signed" => Tampered(_teams.Keys.Sign(claims)),
            "nonsense" => "a.b.c",
            "a key without endorsements" => _teams.Keys.Sign(claims, "bare"),
            "a key endorsed for others" => _teams.Keys.Sign(claims, "others"),
            _ => _teams.Keys.Sign(claims),
        };
    }

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var other = System.Text.Encoding.UTF8.GetString(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(parts[1])).Replace("{", "{\"extra\":1,", StringComparison.Ordinal);
        return $"{parts[0]}.{Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(other)}.{parts[2]}";
    }
}
