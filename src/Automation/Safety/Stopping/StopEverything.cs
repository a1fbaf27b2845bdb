using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>What people were last told of a stop, so that they are told when it changes, also after a restart.</summary>
/// <param name="ToldAtMachineTime">When; it is repeated while something is not confirmed.</param>
public sealed record StopTold(DateTimeOffset Stop, int Open, int Unseen, DateTimeOffset ToldAtMachineTime);

/// <summary>
/// The big red button: first raises, launches and resumes are refused, then everything that runs or is about to is paused and read
/// back, with every sweep again until everything is allowed. Allowing lifts the refusal and resumes nothing.
/// </summary>
public sealed partial class StopEverything(
    GlobalSwitch everything, StopRound round, StraySearch strays, IncidentBook book, IActivityFeed feed, ISettingsStore settings, CampaignClock clock, TimeProvider machine,
    ILogger<StopEverything> logger) : IDisposable
{
    private const string Told = "stop-everything-told";

    private readonly SemaphoreSlim _goingOn = new(1, 1);
    private StopTold? _told;
    private int _saying;

    public async Task<string> StopAsync(Person by, CancellationToken cancellationToken)
    {
        if (Refusal(by) is { } refusal)
            return refusal;

        Interlocked.Increment(ref _saying);
        try
        {
            var order = new SwitchState(true, by.Id, clock.GetUtcNow(), "stop everything", Stops: true);
            everything.Hold(order);
            var written = Task.Run(() => WriteAsync(order, cancellationToken), cancellationToken);
            var standing = await round.CarryOutAsync(order, cancellationToken);
            var unseen = await strays.LookEverywhereAsync(cancellationToken);
            standing = (await round.StandingAsync(order, cancellationToken)) with { Launches = standing.Launches, Open = standing.Open, Unseen = unseen };
            await written;
            await TryTellAsync(order, standing, cancellationToken);
            return $"Everything stopped: {standing.Words}{(!standing.IsDone ? "; what is not confirmed is tried again with every check, and you are told until nothing is left" : "")}. Raises, launches and resumes are refused until \"allow everything\".";
        }
        finally
        {
            Interlocked.Decrement(ref _saying);
        }
    }

    /// <summary>Another round of a stop that holds: what was not confirmed, what a crash left, what runs all the same. A round that is under way is not waited for.</summary>
    public async Task GoOnAsync(CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken);
        if (await OrderAsync(cancellationToken) is not { } order || !await _goingOn.WaitAsync(TimeSpan.Zero, cancellationToken))
            return;

        try
        {
            await round.CarryOutAsync(order, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotGoneOn(fault);
        }
        finally
        {
            _goingOn.Release();
        }
    }

    /// <summary>Tells how far a stop is, whenever that changed and every five minutes, until nothing is left unconfirmed.</summary>
    /// <param name="unseen">Accounts that did not answer.</param>
    public async Task TellAsync(int unseen, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _saying) > 0 || await OrderAsync(cancellationToken) is not { } order)
            return;

        try
        {
            var standing = await round.StandingAsync(order, cancellationToken) with { Unseen = unseen };
            _told ??= await settings.FindAsync<StopTold>(WorkspaceId.Local, Told, cancellationToken);
            if (_told is { } told && told.Stop == order.At && (told.Open, told.Unseen) == (standing.Open, standing.Unseen)
                && (standing.IsDone || IsJust(told.ToldAtMachineTime)))
                return;

            await TryTellAsync(order, standing, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(fault);
        }
    }

    public void Dispose() => _goingOn.Dispose();

    /// <summary>A moment later than now comes from before the clock was set back.</summary>
    private bool IsJust(DateTimeOffset told) => machine.GetUtcNow() - told is var passed && passed >= TimeSpan.Zero && passed < SafetyLimits.RemindEvery;

    public async Task<string> FreezeAsync(Person by, CancellationToken cancellationToken)
    {
        if (Refusal(by) is { } refusal)
            return refusal;

        if (await OrderAsync(cancellationToken) is { } order)
            return $"Everything has been stopped for {Math.Max(0, (clock.GetUtcNow() - order.At).TotalMinutes):0} min (by {order.By.Name}): raises, launches and resumes are refused already.";

        var freeze = new SwitchState(true, by.Id, clock.GetUtcNow(), "freeze everything");
        everything.Hold(freeze);
        await WriteAsync(freeze, cancellationToken);
        await PublishAsync(by, Severity.High, "freeze everything: raises, launches and resumes are refused", $"by {by.Name}", cancellationToken);
        return "Frozen: raises, launches and resumes are refused until \"allow everything\". Nothing was paused.";
    }

    public async Task<string> AllowAsync(Person by, CancellationToken cancellationToken)
    {
        if (Refusal(by) is { } refusal)
            return refusal;

        if (!await everything.SetAsync(new SwitchState(false, by.Id, clock.GetUtcNow(), "allow everything"), cancellationToken))
            return "Not allowed again: everything was frozen anew in the same moment, and that holds. Say \"allow everything\" again if that is to end too.";

        await PublishAsync(by, Severity.High, "allow everything: raises, launches and resumes are let through again", $"by {by.Name}", cancellationToken);

        var stopped = (await book.OpenAsync(cancellationToken)).Where(open => open.Cause == SafetyRules.StopEverything).ToList();
        return stopped.Count == 0
            ? "Allowed again. Nothing was resumed."
            : $"Allowed again. Nothing was resumed; still stopped, each judged again when you say so: {string.Join(", ", stopped.Select(open => $"{open.CampaignName} (resume {open.Handle})"))}.";
    }

    private static string? Refusal(Person by) => by.May(Permission.StopEverything)
        ? null
        : $"{RoleTable.Refusal(Permission.StopEverything, "do this", by)}{(by.May(Permission.Reduce) ? " To pause one campaign say \"pause\" and its name." : "")}";

    /// <summary>The stop that holds now, or null. One that cannot be looked up is in force again as soon as it can: nothing is raised meanwhile either.</summary>
    private async Task<SwitchState?> OrderAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await everything.StateAsync(cancellationToken) is { Frozen: true, Stops: true } order ? order : null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotGoneOn(fault);
            return null;
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await everything.CatchUpAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten(fault);
        }
    }

    /// <summary>The freeze holds also when it cannot be written.</summary>
    private async Task WriteAsync(SwitchState freeze, CancellationToken cancellationToken)
    {
        try
        {
            await everything.SetAsync(freeze, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWritten(fault);
        }
    }

    /// <summary>What cannot be told now is told by a later sweep.</summary>
    private async Task TryTellAsync(SwitchState order, StopStanding standing, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(order, standing, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(fault);
        }
    }

    private async Task PublishAsync(SwitchState order, StopStanding standing, CancellationToken cancellationToken)
    {
        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), WorkspaceId.Local, null, null, "everything", FeedKind.Switch, Severity.Critical, $"stop everything: {standing.Words}",
                $"by {order.By.Name}", order.By),
            cancellationToken);
        _told = new StopTold(order.At, standing.Open, standing.Unseen, machine.GetUtcNow());
        await settings.SetAsync(WorkspaceId.Local, Told, _told, cancellationToken);
    }

    private Task<FeedEvent> PublishAsync(Person by, Severity severity, string action, string reason, CancellationToken cancellationToken) =>
        feed.PublishAsync(
            new FeedEvent(0, clock.GetUtcNow(), by.Workspace, null, null, "everything", FeedKind.Switch, severity, action, reason, by.Id),
            cancellationToken);

    [LoggerMessage(EventId = 236, Level = LogLevel.Critical, Message = "The freeze holds but could not be written.")]
    private partial void NotWritten(Exception fault);

    [LoggerMessage(EventId = 235, Level = LogLevel.Critical, Message = "A stop of everything could not go on in this sweep.")]
    private partial void NotGoneOn(Exception fault);

    [LoggerMessage(EventId = 237, Level = LogLevel.Error, Message = "How far the stop of everything is could not be told; tried again with the next sweep.")]
    private partial void NotTold(Exception fault);
}
