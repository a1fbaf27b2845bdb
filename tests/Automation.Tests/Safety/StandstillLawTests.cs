using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>Laws of stops and resumes in any order, while calls to the network go wrong in every way.</summary>
public sealed class StandstillLawTests
{
    private const int Cap = 750;

    private enum Does
    {
        Spends,
        Sweeps,
        ResumesWithoutTheRight,
        Resumes,
        AgentRaises,
        RunsAtItsNetwork,
        StopsEverything,
        AllowsEverything,
        WaitsAnHour,
        WaitsForTomorrow,
    }

    /// <param name="Hundreds">Spend of the day, or the budget that is asked for.</param>
    /// <param name="Trouble">What every command of the step gets.</param>
    private sealed record Step(Does Does, int Hundreds, Trouble? Trouble);

    private static readonly Gen<Trouble?> Troubles = Gen.Select(Gen.Int[0, 9], Gen.Enum<Trouble>()).Select((chance, trouble) => chance < 3 ? trouble : (Trouble?)null);

    private static readonly Gen<List<Step>> Days = Gen.Select(Gen.Enum<Does>(), Gen.Int[0, 12], Troubles).Select((does, hundreds, trouble) => new Step(does, hundreds, trouble)).List[1, 14];

    [Fact]
    public Task What_was_stopped_runs_again_only_by_a_resume_of_somebody_who_may_when_nothing_speaks_against_it() => Days.SampleAsync(
        async day =>
        {
            var scene = new Scene();
            await scene.BeginAsync();
            foreach (var step in day)
                await scene.StepAsync(step);
        },
        iter: Cases.OfScenes,
        print: day => string.Join(", ", day));

    private sealed class Scene
    {
        private readonly SafetyBench _safety = new();
        private readonly HashSet<CommandKey> _wanted = [];
        private Campaign _campaign = A.Campaign();
        private int _judged;

        private Bench Bench => _safety.Core;

        private NetworkCampaign AtNetwork => Bench.Network.Campaigns.Single();

        private IReadOnlyList<Incident> Open => [.. Bench.Incidents.All.Where(incident => incident.ClosedAt is null)];

        private static CancellationToken Cancel => TestContext.Current.CancellationToken;

        public async Task BeginAsync()
        {
            _campaign = _safety.Running();
            await _safety.Monitor.SweepAsync(Cancel);
        }

        public async Task StepAsync(Step step)
        {
            Bench.Machine.Advance(TimeSpan.FromSeconds(30));
            Bench.Network.Troubles = _ => step.Trouble;
            var stoppedBefore = Open.Where(incident => incident.PauseConfirmed).ToList();
            await TakeAsync(step);
            Bench.Network.Troubles = _ => null;

            JudgeWanted(step, stoppedBefore);
            JudgeDone(stoppedBefore);
            Open.CountBy(incident => (incident.Campaign, incident.Cause)).ShouldAllBe(cause => cause.Value == 1);
            if (step is { Does: Does.Sweeps, Trouble: null } && Open.Any(incident => incident.Campaign == _campaign.Id && incident.PauseConfirmed))
                AtNetwork.Status.ShouldBe(NetworkStatus.Paused, "after a calm sweep");
        }

        private async Task TakeAsync(Step step)
        {
            switch (step.Does)
            {
                case Does.Spends:
                    _safety.Spend[_campaign.Id] = step.Hundreds * 100;
                    break;
                case Does.ResumesWithoutTheRight or Does.Resumes:
                    var by = step.Does == Does.Resumes ? FakePeople.Olga : FakePeople.Ana;
                    foreach (var incident in Open)
                        await _safety.Desk.ResumeAsync(incident.Id, by, Cancel);

                    break;
                case Does.AgentRaises:
                    await RaiseAsync(A.Usd(step.Hundreds * 100));
                    break;
                case Does.RunsAtItsNetwork:
                    Bench.Network.Put(AtNetwork with { Status = NetworkStatus.Active });
                    break;
                case Does.StopsEverything:
                    await _safety.Everything.StopAsync(FakePeople.Olga, Cancel);
                    break;
                case Does.AllowsEverything:
                    await _safety.Everything.AllowAsync(FakePeople.Olga, Cancel);
                    break;
                case Does.WaitsAnHour:
                    Bench.Machine.Advance(TimeSpan.FromHours(1));
                    await _safety.Monitor.SweepAsync(Cancel);
                    break;
                case Does.WaitsForTomorrow:
                    Bench.Machine.Advance(TimeSpan.FromDays(1));
                    _safety.Spend[_campaign.Id] = 0;
                    await _safety.Monitor.SweepAsync(Cancel);
                    break;
                default:
                    await _safety.Monitor.SweepAsync(Cancel);
                    break;
            }
        }

        private async Task RaiseAsync(Money to)
        {
            var present = await _safety.CampaignAsync(_campaign);
            await Bench.Gate.SendAsync(
                new GateRequest(
                    new NetworkCommand.SetDailyBudget(present.Account, present.Id, present.Network.Campaign!.Value, present.DailyBudget, to),
                    new CommandKey($"agent/{Guid.NewGuid():N}"), present.Workspace, present.Mode, PersonId.Agent, "test"),
                (_, token) => Bench.Campaigns.ChangeAsync(present.Id, now => now with { DailyBudget = to }, token),
                Cancel);
        }

        /// <summary>Whoever wants it to run may, says so now, and its spend of the day is below its cap.</summary>
        private void JudgeWanted(Step step, IReadOnlyList<Incident> stopped)
        {
            foreach (var intent in Bench.Intents.All.Where(intent => intent.Command is NetworkCommand.Activate && _wanted.Add(intent.Key)))
            {
                step.Does.ShouldBe(Does.Resumes, intent.Key.Value);
                intent.By.ShouldBe(FakePeople.Olga.Id);
                stopped.Select(incident => (IncidentId?)incident.Id).ShouldContain(intent.Resumes);
                if (intent.State != IntentState.Refused)
                    _safety.Spend[_campaign.Id].ShouldBeLessThanOrEqualTo(Cap);
            }
        }

        private void JudgeDone(IReadOnlyList<Incident> stopped)
        {
            foreach (var (command, key) in Bench.Network.Executed.Skip(_judged))
            {
                Bench.Audit.All.Count(entry => IsOf(entry, "intent", key)).ShouldBe(1, key.Value);
                Bench.Audit.All.Count(entry => IsOf(entry, "outcome", key) && (string?)entry.Facts["state"] == nameof(IntentState.Confirmed)).ShouldBeLessThanOrEqualTo(1, key.Value);
                if (command is NetworkCommand.Activate)
                    _wanted.ShouldContain(key);
                else if (command is NetworkCommand.SetDailyBudget budget && budget.To > budget.From)
                    stopped.ShouldBeEmpty("a raise of what stands still");
            }

            _judged = Bench.Network.Executed.Count;
        }

        private static bool IsOf(AuditEntry entry, string kind, CommandKey key) => entry.Kind == kind && (string?)entry.Facts["key"] == key.Value;
    }
}
