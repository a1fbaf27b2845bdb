using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Who somebody is, by what Slack tells of them.</summary>
public sealed class SlackMembersTests : IDisposable
{
    private static readonly PersonId Olga = new("slack:U0OLGA");

    private readonly SlackWire _wire = new();
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly SlackMembers _members;
    private JsonObject _about = User();

    public SlackMembersTests()
    {
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var api = new SlackApi(new HttpClient(_wire), settings, new SlackPace(_machine), _machine);
        _members = new SlackMembers(api, new SlackWorkspaces(api, settings), _machine, NullLogger<SlackMembers>.Instance);
        _wire.Answer = call => Task.FromResult(call.Method == "users.info" ? new JsonObject { ["ok"] = true, ["user"] = _about.DeepClone() } : SlackWire.Usual(call));
    }

    public void Dispose() => _wire.Dispose();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private int Asked => _wire.Calls.Count(call => call.Method == "users.info");

    [Theory]
    [InlineData("Olga N.", "Olga Nov\u00e1k", "Olga N.")]
    [InlineData("", "Olga Nov\u00e1k", "Olga Nov\u00e1k")]
    [InlineData("  Olga \n  N. ", "", "Olga N.")]
    [InlineData("", "", "U0OLGA")]
    public async Task Somebody_is_called_as_they_chose_or_else_by_their_full_name(string display, string real, string name)
    {
        _about["profile"] = new JsonObject { ["display_name"] = display, ["real_name"] = real };

        (await _members.AskAsync(Olga, Now)).ShouldBe(new Member(name, Belongs: true));
    }

    [Theory]
    [InlineData("is_restricted")]
    [InlineData("is_ultra_restricted")]
    [InlineData("is_bot")]
    [InlineData("is_stranger")]
    [InlineData("deleted")]
    public async Task A_guest_a_program_a_stranger_and_whoever_left_do_not_belong(string mark)
    {
        _about[mark] = true;

        (await _members.AskAsync(Olga, Now))!.Belongs.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, "", "olga@example.com")]
    [InlineData(false, "", null)]
    [InlineData(true, "is_stranger", null)]
    public async Task An_address_counts_only_when_Slack_has_confirmed_it_and_they_are_of_this_workspace(bool confirmed, string mark, string? address)
    {
        _about["profile"] = new JsonObject { ["display_name"] = "Olga N.", ["email"] = "olga@example.com" };
        _about["is_email_confirmed"] = confirmed;
        if (mark.Length > 0)
            _about[mark] = true;

        (await _members.AskAsync(Olga, Now))!.Email.ShouldBe(address);
    }

    [Fact]
    public async Task Somebody_of_another_workspace_does_not_belong_unless_both_are_of_one_organisation()
    {
        _about["team_id"] = "T0OTHER";
        (await _members.AskAsync(Olga, Now))!.Belongs.ShouldBeFalse();

        _about["enterprise_user"] = new JsonObject { ["id"] = "W0OLGA" };
        (await _members.AskAsync(new PersonId("slack:U0MAX"), Now))!.Belongs.ShouldBeTrue();
    }

    [Theory]
    [InlineData("user_not_found")]
    [InlineData("user_not_visible")]
    public async Task Whom_slack_does_not_show_does_not_belong(string error)
    {
        _wire.Answer = call => Task.FromResult(call.Method == "users.info" ? SlackWire.Refusal(error) : SlackWire.Usual(call));

        (await _members.AskAsync(Olga, Now)).ShouldBe(new Member("U0OLGA", Belongs: false));
    }

    [Fact]
    public async Task Slack_is_asked_once_in_ten_minutes_and_then_again()
    {
        await _members.AskAsync(Olga, Now);
        await _members.AskAsync(Olga, Now);
        Asked.ShouldBe(1);

        _machine.Advance(TimeSpan.FromMinutes(10));
        _about["is_restricted"] = true;

        (await _members.AskAsync(Olga, Now))!.Belongs.ShouldBeFalse();
        Asked.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_heard_before_holds_while_slack_refuses()
    {
        await _members.AskAsync(Olga, Now);
        _machine.Advance(TimeSpan.FromMinutes(10));
        _wire.Answer = call => Task.FromResult(call.Method == "users.info" ? SlackWire.Refusal("missing_scope") : SlackWire.Usual(call));

        (await _members.AskAsync(Olga, Now))!.Belongs.ShouldBeTrue();
        (await _members.AskAsync(new PersonId("slack:U0MAX"), Now)).ShouldBeNull();
    }

    [Fact(Timeout = 120_000)]
    public async Task Nobody_waits_for_slack_longer_than_three_seconds_and_what_is_known_waits_for_nothing()
    {
        _wire.Answer = call => call.Method == "users.info" ? new TaskCompletionSource<JsonObject>().Task : Task.FromResult(SlackWire.Usual(call));

        var asking = _members.AskAsync(Olga, TestContext.Current.CancellationToken);
        _members.Known(Olga).ShouldBeNull();
        _machine.Advance(TimeSpan.FromSeconds(3));

        (await asking).ShouldBeNull();
    }

    [Fact]
    public async Task Ids_in_words_become_names_of_those_who_were_asked_about_and_nothing_else_changes()
    {
        _about["profile"] = new JsonObject { ["display_name"] = "<!here> Olga" };
        await _members.AskAsync(Olga, Now);
        var card = (JsonObject)JsonNode.Parse("""
            {"body":[{"type":"TextBlock","text":"Paused by U0OLGA, asked by U0MAX"},{"type":"FactSet","facts":[{"title":"By","value":"U0OLGA"}]},{"type":"Input.Text","id":"why","label":"For U0OLGA","value":"U0OLGA"}],
             "actions":[{"type":"Action.Submit","title":"Tell U0OLGA","data":{"text":"U0OLGA"}}]}
            """)!;

        ((MemberNames)_members).Name(card).ToJsonString().ShouldBe(JsonNode.Parse("""
            {"body":[{"type":"TextBlock","text":"Paused by <!here> Olga, asked by U0MAX"},{"type":"FactSet","facts":[{"title":"By","value":"<!here> Olga"}]},{"type":"Input.Text","id":"why","label":"For <!here> Olga","value":"U0OLGA"}],
             "actions":[{"type":"Action.Submit","title":"Tell <!here> Olga","data":{"text":"U0OLGA"}}]}
            """)!.ToJsonString());
        Asked.ShouldBe(1);
    }

    [Fact]
    public async Task An_id_written_whole_stays_one_since_somebody_copies_it_into_a_setting()
    {
        await _members.AskAsync(Olga, Now);

        ((MemberNames)_members).Name("U0OLGA (slack:U0OLGA, slack:T0CAMP002:U0OLGA)").ShouldBe("Olga (slack:U0OLGA, slack:T0CAMP002:U0OLGA)");
    }

    private static JsonObject User() => new() { ["id"] = "U0OLGA", ["team_id"] = "T0CAMP001", ["profile"] = new JsonObject { ["display_name"] = "Olga" } };
}
