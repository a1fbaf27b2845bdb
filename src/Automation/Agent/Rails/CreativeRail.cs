using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Agent.Rails;

/// <summary>Two ads stay alive as the network shows them now, no ad is paused that does not run, and none on figures that are not fresh.</summary>
internal sealed class CreativeRail : IRail
{
    public string Name => "two-creatives";

    public Trim? Check(Proposal move, Surroundings around)
    {
        if (move.Lever != Lever.Creative)
            return null;

        if (move.Ad is not { } ad || around.Now.Reading is not { } reading)
            return this.Dropped(move, "nobody can tell which ads run");

        if (around.Now.State != DataState.Fresh)
            return this.Dropped(move, "ads are paused on fresh figures only");

        var running = CreativeWatch.Running(reading.Settings).ToList();
        return !running.Exists(one => one.Id == ad.Id) ? this.Dropped(move, "it does not run any more")
            : running.Count - (move.Next is null ? 1 : 0) < CreativeTest.FewestAlive ? this.Dropped(move, $"{running.Count} ads run, and two stay alive")
            : null;
    }
}
