using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>
/// The big red button: first raises, launches and resumes are refused, then everything active is paused and read back. What is
/// not confirmed is tried again by every sweep. Allowing lifts the refusal and resumes nothing.
/// </summary>
public sealed partial class StopEverything(
    GlobalSwitch everything, EmergencyStop stop, IncidentBook book, ICampaignStore campaigns, IActivityFeed feed, CampaignClock clock,
    ILogger<StopEverything> logger)
{
    private const int AtOnce = 20;

    public async Task<string> StopAsync(Person by, CancellationToken cancellationToken)
    {
        if (Refusal(by) is { } refusal)
            return refusal;

        await FreezeNowAsync(by, "stop everything", cancellationToken);
        var active = await campaigns.MaySpendAsync(cancellationToken);
        var confirmed = 0;
        await Parallel.ForEachAsync(
            active,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (campaign, token) =>
            {
                if (await TryStopAsync(campaign, by, token))
                    Interlocked.Increment(ref confirmed);
            });

        var open = active.Count - confirmed;
        var says = $"Everything stopped: {confirmed} paused, {open} not confirmed{(open > 0 ? "; they are tried again every sweep and you are told about each" : "")}. Raises, launches and resumes are refused until \"allow everything\".";
        await PublishAsync(by, Severity.Critical, $"stop everything: {confirmed} paused, {open} not confirmed", $"by {by.Name}", cancellationToken);
        return says;
    }

    public async Task<string> FreezeAsync(Person by, CancellationToken cancellationToken)
    {
        if (Refusal(by) is { } refusal)
            return refusal;

        await FreezeNowAsync(by, "freeze everything", cancellationToken);
        await PublishAsync(by, Severity.High, "freeze everything: raises, launches and resumes are refused", $"by {by.Name}", cancellationToken);
        return "Frozen: raises, launches and resumes are refused until \"allow everything\". Nothing was paused.";
    }

    public async Task<string> AllowAsync(Person by, CancellationToken cancellationToken)
    {
        if (Refusal(by) is { } refusal)
            return refusal;

        await everything.SetAsync(new SwitchState(false, by.Id, clock.GetUtcNow(), "allow everything"), cancellationToken);
        await PublishAsync(by, Severity.High, "allow everything: raises, launches and resumes are let through again", $"by {by.Name}", cancellationToken);

        var stopped = (await book.OpenAsync(cancellationToken)).Where(open => open.Cause == SafetyRules.StopEverything).ToList();
        return stopped.Count == 0
            ? "Allowed again. Nothing was resumed."
            : $"Allowed again. Nothing was resumed; still stopped, each judged again when you say so: {string.Join(", ", stopped.Select(open => $"{open.CampaignName} (resume {open.Handle})"))}.";
    }

    private static string? Refusal(Person by) => by.May(Permission.StopEverything)
        ? null
        : $"Only {string.Join(" or ", RoleTable.Carrying(Permission.StopEverything))} may do this; you are {string.Join(", ", by.Roles)}. To pause one campaign say \"pause\" and its name.";

    /// <summary>Holds from here on, even when it cannot be written.</summary>
    private async Task FreezeNowAsync(Person by, string because, CancellationToken cancellationToken)
    {
        try
        {
            await everything.SetAsync(new SwitchState(true, by.Id, clock.GetUtcNow(), because), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten(fault);
        }
    }

    private async Task<bool> TryStopAsync(Campaign campaign, Person by, CancellationToken cancellationToken)
    {
        try
        {
            var why = new SafetyVerdict.Breach(
                SafetyRules.StopEverything, Remedy.PauseCampaign, new Evidence("stop everything", $"said by {by.Name}", "until resumed one by one"));
            return await stop.StopForPersonAsync(campaign, why, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotStopped(campaign.Id, fault);
            return false;
        }
    }

    private Task<FeedEvent> PublishAsync(Person by, Severity severity, string action, string reason, CancellationToken cancellationToken) =>
        feed.PublishAsync(
            new FeedEvent(0, clock.GetUtcNow(), by.Workspace, null, null, "everything", FeedKind.Switch, severity, action, reason, by.Id),
            cancellationToken);

    [LoggerMessage(EventId = 235, Level = LogLevel.Critical, Message = "The freeze holds but could not be written.")]
    private partial void NotWritten(Exception fault);

    [LoggerMessage(EventId = 234, Level = LogLevel.Critical, Message = "{Campaign} could not be stopped.")]
    private partial void NotStopped(CampaignId campaign, Exception fault);
}
