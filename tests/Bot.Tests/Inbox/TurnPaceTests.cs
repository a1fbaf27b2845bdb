using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Inbox;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Bot.Tests.Inbox;

public sealed class TurnPaceTests
{
    private readonly FakeTimeProvider _machine = new();
    private readonly TurnPace _pace;

    public TurnPaceTests() => _pace = new TurnPace(_machine);

    [Fact]
    public void A_hundred_messages_a_second_of_one_person_are_held_back_and_others_are_not()
    {
        Flood().ShouldBe(TurnPace.Burst);

        _pace.Ask(Turn("olga", "status")).Taken.ShouldBeTrue();
    }

    [Fact]
    public void A_person_who_is_held_back_is_told_once_and_not_a_hundred_times()
    {
        Enumerable.Range(0, 100).Count(_ => _pace.Ask(Turn("ana", "status")).Tell).ShouldBe(1);

        _machine.Advance(TimeSpan.FromSeconds(3));
        Enumerable.Range(0, 100).Count(_ => _pace.Ask(Turn("ana", "status")).Tell).ShouldBe(0);
    }

    [Fact]
    public void Whoever_waits_a_moment_is_read_again()
    {
        Flood();

        _machine.Advance(TimeSpan.FromSeconds(1));

        Flood().ShouldBe(TurnPace.ASecond);
    }

    [Theory]
    [InlineData("stop everything")]
    [InlineData("please stop everything now!")]
    [InlineData("kill all campaigns")]
    [InlineData("shut it all down")]
    [InlineData("pause c1")]
    [InlineData("resume i1")]
    [InlineData("ACK")]
    [InlineData("yes")]
    [InlineData("freeze everything")]
    public void An_emergency_is_never_held_back(string said)
    {
        Flood();

        _pace.Ask(Turn("ana", said)).Taken.ShouldBeTrue();
    }

    [Theory]
    [InlineData("incident.ack", "i1")]
    [InlineData("incident.resume", "i1")]
    [InlineData("do.pause", "c1")]
    [InlineData("say", "pause c1")]
    [InlineData("confirm.yes", "q1")]
    public void A_pressed_emergency_is_never_held_back(string verb, string target)
    {
        Flood();

        _pace.Ask(Turn("ana", null) with { Action = new ChatAction(verb, ImmutableDictionary<string, string>.Empty.Add("_target", target)) }).Taken.ShouldBeTrue();
    }

    private int Flood() => Enumerable.Range(0, 100).Count(number => _pace.Ask(Turn("ana", $"status {number}")).Taken);

    private static ChatTurn Turn(string person, string? text) =>
        new(Guid.NewGuid().ToString("N"), new ConversationId($"local/{person}"), new PersonId($"local:{person}"), text, [], null, DateTimeOffset.UnixEpoch);
}
