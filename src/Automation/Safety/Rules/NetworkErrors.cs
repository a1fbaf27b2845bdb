using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>The network has not answered five times in a row: people are told that we are blind. Stopped only when the worst case reaches the cap.</summary>
public sealed class NetworkErrors : ISafetyRule
{
    public RuleId Id { get; } = new("network-errors");

    public SafetyVerdict Judge(Observation now)
    {
        if (now.FailuresInARow == 0)
            return new SafetyVerdict.Clear(Id);

        if (now.FailuresInARow < SafetyLimits.FailuresUntilBlind)
            return new SafetyVerdict.Unknown(Id, $"{now.FailuresInARow} reads failed in a row");

        var worst = Exposure.Judged(now);
        var since = now.UnseenSince is { } unseen ? $" since {AccountTime.In(now.Account.Zone(), unseen)}" : "";
        return new SafetyVerdict.Breach(
            Id, worst >= now.Cap ? Remedy.PauseCampaign : Remedy.Alert,
            new Evidence("failed reads in a row", $"{now.FailuresInARow}{since}; today's worst case is {worst?.ToString() ?? "not known"}",
                $"{SafetyLimits.FailuresUntilBlind} reads; stopped at {now.Cap}"));
    }
}
