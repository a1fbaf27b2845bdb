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
    public void Also_after_a_restart()
    {
        var before = Open();
        before.TryBegin("v0=1").ShouldBeTrue();
        before.Answered("v0=1");

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
    public void What_would_not_be_genuine_any_more_is_forgotten()
    {
        for (var number = 0; number < 500; number++)
            Answer(number);

        _machine.Advance(TimeSpan.FromMinutes(11));
        for (var number = 500; number < 1100; number++)
            Answer(number);

        File.ReadAllLines(_folder.Answered).Length.ShouldBeLessThanOrEqualTo(600);

        void Answer(int number)
        {
            var requests = _requests ??= Open();
            requests.TryBegin($"v0={number}").ShouldBeTrue();
            requests.Answered($"v0={number}");
        }
    }

    [Fact]
    public void A_torn_line_hides_no_other()
    {
        File.WriteAllText(_folder.Answered, "17672\nx y z\n");

        var requests = Open();
        requests.TryBegin("v0=1");
        requests.Answered("v0=1");

        Open().TryBegin("v0=1").ShouldBeFalse();
    }

    private AnsweredRequests? _requests;

    private AnsweredRequests Open() => new(_folder, _machine, NullLogger<AnsweredRequests>.Instance);
}
