using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>The card of a launch ends where the launch did, whichever way that was.</summary>
public sealed class LaunchMessagesTests
{
    private readonly ChatBench _bench = new();
    private readonly Campaign _campaign = A.Campaign(CampaignStatus.Launching) with
    {
        Spec = A.Spec() with { Creatives = [A.Picture("a.png"), A.Picture("b.png"), A.Picture("c.png")] },
    };

    private int _told;

    public LaunchMessagesTests() => _bench.Core.Campaigns.With(_campaign);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(66)]
    [Fact]
    public async Task A_launch_that_runs_says_so_with_every_step_done()
    {
        await LaunchAsync();

        Card().Status.ShouldStartWith("running since");
        Card().Steps.ShouldAllBe(step => step.Sign == "✓");
    }

    [Fact]
    public async Task A_launch_in_review_says_so_and_then_what_came_of_the_review()
    {
        _bench.Core.Network.ReviewsFirst = true;
        await LaunchAsync();
        Card().Status.ShouldBe("in review by the network");
        Card().Steps.ShouldAllBe(step => step.Sign == "✓");

        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(30));
        await ReviewedAsync(NetworkStatus.Active);

        Card().Status.ShouldBe("running since 2026-03-02 07:30 (UTC-05:00)");
    }

    [Fact]
    public async Task A_launch_that_the_review_rejects_says_why()
    {
        _bench.Core.Network.ReviewsFirst = true;
        await LaunchAsync();

        await ReviewedAsync(NetworkStatus.Rejected, "the text promises too much");

        Card().Status.ShouldBe("rejected by the network: the text promises too much");
    }

    [Fact]
    public async Task A_refused_launch_says_that_nothing_runs_and_where_it_ended()
    {
        _bench.Core.Network.Troubles = command => command is NetworkCommand.CreateAdSet ? Trouble.Rejected : null;

        await LaunchAsync();

        Card().Status.ShouldBe("not launched, nothing is running: the network says no");
        Card().Steps.Single(step => step.Title == "create the ad set").Sign.ShouldBe("✗");
    }

    [Fact]
    public async Task A_launch_that_a_person_takes_back_says_who()
    {
        _bench.Core.Network.Troubles = command => command is NetworkCommand.CreateAd { Position: 2 } ? Trouble.Rejected : null;
        await LaunchAsync();
        Card().Status.ShouldBe("waits for you, nothing is running yet: 1 of 3 ads were refused. Say \"go on c1\" or \"undo launch c1\"");

        await _bench.SayAsync("ana", "undo launch c1", Now);
        await LaunchAsync();

        Card().Status.ShouldBe("not launched, nothing is running: ana took it back");
    }

    [Fact]
    public async Task A_launch_that_waits_for_the_network_says_so_and_goes_on_to_the_end()
    {
        _bench.Core.Network.Troubles = command => command is NetworkCommand.Activate ? Trouble.Unavailable : null;
        await _bench.Core.Engine.ContinueAsync(_campaign.Id, Now);
        await TellAsync();
        Card().Status.ShouldBe("waits for the network and goes on by itself: 503");
        Card().Steps[^1].Sign.ShouldBe("…");

        _bench.Core.Network.Troubles = _ => null;
        await LaunchAsync();

        Card().Status.ShouldStartWith("running since");
    }

    [Fact]
    public async Task What_ended_while_the_process_was_down_is_shown_after_the_restart()
    {
        await _bench.Core.Engine.ContinueAsync(_campaign.Id, Now);
        Card().Steps[^1].Sign.ShouldBe("…");
        _bench.NewLaunchMessages();

        await _bench.Launches.RefreshAllAsync(_campaign.Workspace, Now);

        Card().Status.ShouldStartWith("running since");
        _bench.Channel.In(new ConversationId("local/ana")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_launch_killed_half_way_goes_on_in_the_same_message_after_the_restart()
    {
        _bench.Core.Network.Troubles = command => command is NetworkCommand.CreateAd ? Trouble.Unavailable : null;
        await _bench.Core.Engine.ContinueAsync(_campaign.Id, Now);
        _bench.Core.Network.Troubles = _ => null;
        _bench.NewLaunchMessages();
        await _bench.Launches.RefreshAllAsync(_campaign.Workspace, Now);
        Card().Steps.Single(step => step.Title == "create the ads").Sign.ShouldBe("…");

        await LaunchAsync();

        Card().Status.ShouldStartWith("running since");
        _bench.Channel.In(new ConversationId("local/ana")).Count(post => post.Message.Card is LaunchingCard).ShouldBe(1);
    }

    [Fact]
    public async Task A_step_that_is_told_late_does_not_cover_the_end()
    {
        await LaunchAsync();

        await _bench.Launches.SeeAsync(new LaunchStanding(_campaign, LaunchStep.Activate), Now);

        Card().Status.ShouldStartWith("running since");
    }

    private LaunchingCard Card() => _bench.Channel.In(new ConversationId("local/ana")).Select(post => post.Message.Card).OfType<LaunchingCard>().ShouldHaveSingleItem();

    /// <summary>Until it ends, as the worker does; what was told of it reaches the chat afterwards.</summary>
    private async Task LaunchAsync()
    {
        for (var attempt = 0; attempt < 4 && await _bench.Core.Engine.ContinueAsync(_campaign.Id, Now) == LaunchProgress.ToBeContinued; attempt++)
        {
            // The next call goes on.
        }

        await TellAsync();
    }

    private async Task ReviewedAsync(NetworkStatus verdict, string? why = null)
    {
        var campaign = (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Now))!;
        var reconciler = new StatusReconciler(_bench.Core.Campaigns, _bench.Core.Intents, _bench.Core.Feed, _bench.Core.Clock, NullLogger<StatusReconciler>.Instance);
        await reconciler.ReconcileAsync(campaign, A.AtNetwork(campaign, verdict) with { WhyRejected = why }, Now);
        await TellAsync();
    }

    private async Task TellAsync()
    {
        foreach (var happened in _bench.Core.Feed.All.Skip(_told).ToList())
        {
            _told++;
            await _bench.Announcer.TellAsync(happened, Now);
        }
    }
}
