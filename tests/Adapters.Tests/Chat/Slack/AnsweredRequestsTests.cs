using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>A request that was answered is refused when it comes again, as long as it would be genuine.</summary>
public sealed class AnsweredRequestsTests : IDisposable
{
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly DataFolder _folder = new(Directory.CreateTempSubdirectory().FullName);

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Fact]
    public async Task Also_after_a_restart()
    {
        var before = Open();
        before.TryBegin("v0=1").ShouldBeTrue();
        await before.AnsweredAsync("v0=1");

        Open().TryBegin("v0=1").ShouldBeFalse();
        Open().TryBegin("v0=2").ShouldBeTrue();
    }

    [Fact]
    public void Two_at_once_are_one()
    {
        var requests = Open();

        (requests.TryBegin("v0=1"), requests.TryBegin("v0=1")).ShouldBe((true, false));
    }

    [Fact]
    public void One_that_could_not_be_answered_may_come_again()
    {
        var requests = Open();
        requests.TryBegin("v0=1");
        requests.Failed("v0=1");

        requests.TryBegin("v0=1").ShouldBeTrue();
        Open().TryBegin("v0=1").ShouldBeTrue();
    }

    [Fact]
    public async Task What_would_not_be_genuine_any_more_is_forgotten()
    {
        for (var number = 0; number < 500; number++)
            await AnswerAsync(number);

        _machine.Advance(TimeSpan.FromMinutes(11));
        for (var number = 500; number < 1100; number++)
            await AnswerAsync(number);

        File.ReadAllLines(_folder.Answered).Length.ShouldBeLessThanOrEqualTo(600);

        async Task AnswerAsync(int number)
        {
            var requests = _requests ??= Open();
            requests.TryBegin($"v0={number}").ShouldBeTrue();
            await requests.AnsweredAsync($"v0={number}");
        }
    }

    [Fact]
    public async Task A_torn_line_hides_no_other()
    {
        File.WriteAllText(_folder.Answered, "17672\nx y z\n");

        var requests = Open();
        requests.TryBegin("v0=1");
        await requests.AnsweredAsync("v0=1");

        Open().TryBegin("v0=1").ShouldBeFalse();
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_keeps_nobody_from_being_heard()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Answered, "in the way"));

        var requests = Open();
        requests.TryBegin("v0=1").ShouldBeTrue();
        await requests.AnsweredAsync("v0=1");

        requests.TryBegin("v0=1").ShouldBeFalse();
        requests.TryBegin("v0=2").ShouldBeTrue();
    }

    [Fact]
    public async Task Many_answered_at_once_are_all_known_after_a_restart()
    {
        var requests = Open();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(() => requests.TryBegin($"v0={number}") ? requests.AnsweredAsync($"v0={number}") : Task.CompletedTask)));
        await requests.AnsweredAsync("v0=last");

        var again = Open();
        Enumerable.Range(0, 200).Count(number => again.TryBegin($"v0={number}")).ShouldBe(0);
    }

    private AnsweredRequests? _requests;

    private AnsweredRequests Open() => new(_folder, _machine, NullLogger<AnsweredRequests>.Instance);
}
