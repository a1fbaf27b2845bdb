using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Telemetry;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>
/// A network that answers in time or counts as silent: every call is told to end when its time is up, and left behind when it does not.
/// What became of a command that was left behind is unknown and is settled by reading. Counts and traces every call that goes out.
/// </summary>
/// <param name="ending">The program's own end. Whoever gives a call up otherwise had a shorter limit of their own.</param>
internal sealed class TimedNetwork(IAdNetwork network, NetworkMode mode, TimeProvider machine, CancellationToken ending) : IAdNetwork
{
    private const string Cancelled = "cancelled";

    public NetworkProfile Profile => network.Profile;

    public Task<AccountReading> ReadAccountAsync(AdAccount account, CancellationToken cancellationToken) =>
        MeasuredAsync("read_account", account, token => network.ReadAccountAsync(account, token), cancellationToken);

    public Task<NetworkCampaign?> FindCampaignAsync(AdAccount account, ExternalId campaign, CancellationToken cancellationToken) =>
        MeasuredAsync("find_campaign", account, token => network.FindCampaignAsync(account, campaign, token), cancellationToken);

    public Task<ExternalId?> FindByKeyAsync(AdAccount account, CommandKey key, CancellationToken cancellationToken) =>
        MeasuredAsync("find_by_key", account, token => network.FindByKeyAsync(account, key, token), cancellationToken);

    public Task<ImmutableArray<string>?> FindAudiencesAsync(AdAccount account, CancellationToken cancellationToken) =>
        MeasuredAsync("find_audiences", account, token => network.FindAudiencesAsync(account, token), cancellationToken);

    public Task<ExternalId> ExecuteAsync(AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken) =>
        MeasuredAsync(CallOf(command), account, token => network.ExecuteAsync(account, command, key, token), cancellationToken);

    /// <summary>The kind of command: <c>set_daily_budget</c>.</summary>
    private static string CallOf(NetworkCommand command) => JsonNamingPolicy.SnakeCaseLower.ConvertName(command.GetType().Name);

    private async Task<TAnswer> MeasuredAsync<TAnswer>(
        string name, AdAccount account, Func<CancellationToken, Task<TAnswer>> call, CancellationToken cancellationToken)
    {
        var began = machine.GetTimestamp();
        var outcome = "ok";
        using var trace = Signals.Traces.StartActivity("network call", ActivityKind.Client);
        try
        {
            return await InTimeAsync(call, cancellationToken);
        }
        catch (Exception fault)
        {
            outcome = OutcomeOf(fault);
            if (outcome != Cancelled)
                trace?.SetStatus(ActivityStatusCode.Error);

            throw;
        }
        finally
        {
            TagList tags = [new("network", Profile.Name.Value), Signals.Tag("mode", mode), new("call", name)];
            Signals.NetworkTook.Record(machine.GetElapsedTime(began).TotalSeconds, tags);
            tags.Add("outcome", outcome);
            Signals.NetworkCalls.Add(1, tags);
            foreach (var tag in tags)
                trace?.SetTag(tag.Key, tag.Value);

            trace?.SetTag("account", account.Id.Value);
        }
    }

    private string OutcomeOf(Exception fault) => fault switch
    {
        AdNetworkException known => Signals.Word(known.Kind),
        OperationCanceledException => ending.IsCancellationRequested ? Cancelled : Signals.Word(FaultKind.TimedOut),
        _ => "error",
    };

    private async Task<TAnswer> InTimeAsync<TAnswer>(Func<CancellationToken, Task<TAnswer>> call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimedNetworks.Longest, machine);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await call(linked.Token).WaitAsync(linked.Token);
        }
        catch (OperationCanceledException cut) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AdNetworkException(FaultKind.TimedOut, $"{Profile.Title} did not answer within {TimedNetworks.Longest.TotalSeconds:0} seconds.", inner: cut);
        }
    }
}
