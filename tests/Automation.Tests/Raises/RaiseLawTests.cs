using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Raises;

/// <summary>Laws of what people, the agent and the network do to one budget within a day, in any order.</summary>
public sealed class RaiseLawTests
{
    private const int Cap = 2_000;

    private enum Does
    {
        Asks,
        AsksAgain,
        Approves,
        Rejects,
        MovesItThere,
        Agent,
        StopsAndResumes,
        Waits,
    }

    private static readonly Gen<List<(Does Does, int To)>> Days = Gen.Select(Gen.Enum<Does>(), Gen.Int[1, 250]).Select((does, tens) => (does, tens * 10)).List[1, 16];

    [Fact]
    public Task No_order_of_raises_approvals_moves_and_voids_writes_more_than_the_cap_or_than_was_agreed_to() => Days.SampleAsync(
        async day =>
        {
            var scene = new Scene();
            await scene.BeginAsync();
            foreach (var (does, to) in day)
                await scene.StepAsync(does, A.Usd(to));
        },
        iter: Cases.OfLaws,
        print: day => string.Join(", ", day.Select(step => $"{step.Does} {step.To}")));

    private sealed class Scene
    {
        private readonly SafetyBench _safety = new();
        private Campaign _campaign = A.Campaign();
        private int _judged;

        /// <summary>What one person's raise may count from at most.</summary>
        private Money _base = A.Usd(500);

        private Bench Bench => _safety.Core;

        private static CancellationToken Cancel => TestContext.Current.CancellationToken;

        public async Task BeginAsync()
        {
            _campaign = _safety.Running();
            _campaign = _campaign with { Spec = _campaign.Spec with { Budget = new Budget(BudgetType.Daily, A.Usd(500), A.Usd(Cap)) } };
            Bench.Campaigns.With(_campaign);
            await _safety.Monitor.SweepAsync(Cancel);
        }

        public async Task StepAsync(Does does, Money to)
        {
            Bench.Machine.Advance(TimeSpan.FromSeconds(1));
            var present = await _safety.CampaignAsync(_campaign);
            switch (does)
            {
                case Does.Asks or Does.AsksAgain:
                    await _safety.Control.SetBudgetAsync(_campaign.Id, FakePeople.Ana, to, sure: true, Cancel);
                    break;
                case Does.Approves or Does.Rejects:
                    foreach (var waiting in await Bench.ApprovalStore.WaitingAsync(WorkspaceId.Local, Cancel))
                        await Bench.Approvals.DecideAsync(waiting.Id, FakePeople.Max, does == Does.Approves, waiting.Shown, null, Cancel);
                    break;
                case Does.MovesItThere:
                    Bench.Network.Put(Bench.Network.Campaigns.Single() with { DailyBudget = to });
                    await _safety.Monitor.SweepAsync(Cancel);
                    _base = Money.Max(_base, to);
                    break;
                case Does.Agent:
                    await AgentAsync(present, to);
                    break;
                case Does.StopsAndResumes:
                    await Bench.Campaigns.ChangeAsync(_campaign.Id, now => now with { LastResumedAt = Bench.Clock.GetUtcNow() }, Cancel);
                    break;
                default:
                    Bench.Machine.Advance(TimeSpan.FromHours(1));
                    await _safety.Monitor.SweepAsync(Cancel);
                    break;
            }

            foreach (var (command, key) in Bench.Network.Executed.Skip(_judged).Where(done => done.Command is NetworkCommand.SetDailyBudget))
                Judge((NetworkCommand.SetDailyBudget)command, key);

            _judged = Bench.Network.Executed.Count;
        }

        private Task AgentAsync(Campaign present, Money to) => Bench.Gate.SendAsync(
            new GateRequest(
                new NetworkCommand.SetDailyBudget(present.Account, present.Id, present.Network.Campaign!.Value, present.DailyBudget, to),
                new CommandKey($"agent/{Guid.NewGuid():N}"), present.Workspace, present.Mode, PersonId.Agent, "test"),
            (_, token) => Bench.Campaigns.ChangeAsync(present.Id, now => now with { DailyBudget = to }, token),
            Cancel);

        private void Judge(NetworkCommand.SetDailyBudget written, CommandKey key)
        {
            if (written.To > written.From)
                written.To.ShouldBeLessThanOrEqualTo(A.Usd(Cap));

            if (RaiseApproval.IsApproved(key))
            {
                var agreed = Bench.ApprovalStore.All.Single(approval => key.Value.EndsWith($"/{approval.Id}", StringComparison.Ordinal));
                agreed.State.ShouldBe(ApprovalState.Approved);
                agreed.DecidedBy.ShouldNotBe(agreed.RequestedBy);
                written.To.ShouldBe(AskedRaise.Of(agreed).To);
                _base = written.To;
                return;
            }

            if (key.Value.StartsWith("agent/", StringComparison.Ordinal))
            {
                if (written.To < written.From)
                    _base = Money.Min(_base, written.To);

                return;
            }

            if (written.To > written.From)
                written.To.ShouldBeLessThanOrEqualTo(_base * 1.3m);
        }
    }
}
