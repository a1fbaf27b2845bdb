using System.Text.Json;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>
/// Turn after turn over more than a day, whatever is wanted in each and whatever fails in between: what is done keeps every promise, counted by what the network did
/// and not by what is remembered.
/// </summary>
public sealed class DaysOfTurnsTests
{
    private const int Turns = 40;

    [Flags]
    private enum Happens
    {
        Nothing = 0,
        ResultsAreUnknown = 1,
        IncidentIsOpen = 2,
        SomebodyMovesItThere = 4,
        PersonMovesIt = 8,
        NotConfirmed = 16,
        NotKept = 32,
        Restart = 64,
        PersonResumes = 128,
    }

    /// <param name="Minutes">Since the turn before; the clock may have been set back.</param>
    /// <param name="Bid">What is wanted of the bid, as a change.</param>
    /// <param name="Budget">The same of the budget.</param>
    private sealed record Turn(int Minutes, DataState State, Happens Happens, double Bid, double Budget);

    private sealed record Setting(OptimisationMode Mode, decimal MaxBid, decimal Cap, decimal Together, int Others);

    private static readonly Gen<Turn> AnyTurn =
        from minutes in Gen.OneOf(Gen.Int[1, 45], Gen.Int[1, 300], Gen.Int[-90, 90])
        from fresh in Gen.Int[0, 4]
        from state in Gen.Enum<DataState>()
        from one in Gen.Int[0, 255]
        from two in Gen.Int[0, 255]
        from three in Gen.Int[0, 255]
        from bid in Gen.Double[-.4, 1]
        from budget in Gen.Double[-.4, 1]
        select new Turn(minutes, fresh > 0 ? DataState.Fresh : state, (Happens)(one & two & three), bid, budget);

    private static readonly Gen<(Setting Setting, List<Turn> Turns)> Days =
        from mode in Gen.Enum<OptimisationMode>()
        from maxBid in Gen.Double[10, 30]
        from cap in Gen.Double[100, 260]
        from together in Gen.Double[80, 400]
        from others in Gen.Int[9_700, 10_000]
        from turns in AnyTurn.List[Turns, Turns]
        select (new Setting(mode, Cents(maxBid), Cents(cap), Cents(together), others), turns);

    [Proves(40, 49, 98, 157, 169)]
    [Fact]
    public void No_sequence_of_turns_and_faults_passes_a_cap_by_a_raise_of_its_own_or_makes_more_or_larger_moves_than_promised() => Days.Sample(
        test =>
        {
            var day = new Day(test.Setting);
            foreach (var turn in test.Turns)
                day.Take(turn);
        },
        iter: Cases.OfLaws / Turns);

    [Fact]
    public void Four_raises_are_made_in_a_day_that_would_take_any_number_and_no_cap_is_passed()
    {
        var day = new Day(new Setting(OptimisationMode.Balanced, 100, 110, 1_000, 0));

        for (var turn = 0; turn < 20; turn++)
            day.Take(new Turn(31, DataState.Fresh, Happens.Nothing, turn == 0 ? 0 : 1, 1));

        day.Made.Select(move => (move.Lever, move.To)).ShouldBe([(Lever.DailyBudget, A.Usd(110)), (Lever.Bid, A.Usd(12)), (Lever.Bid, A.Usd(14.4m)), (Lever.Bid, A.Usd(17.28m))]);
    }

    private static decimal Cents(double amount) => Math.Round((decimal)amount, 2);

    /// <summary>One campaign with a bid of $10 and a budget of $100 a day.</summary>
    private sealed class Day
    {
        private readonly Setting _setting;
        private Campaign _campaign;
        private AgentMemory _memory = AgentMemory.Empty;
        private string _stored = JsonSerializer.Serialize(AgentMemory.Empty);
        private DateTimeOffset _at = A.Noon;
        private bool _recalls;

        public Day(Setting setting)
        {
            var spec = A.Spec();
            _setting = setting;
            _campaign = A.Campaign() with
            {
                Bid = A.Usd(10),
                DailyBudget = A.Usd(100),
                Spec = spec with
                {
                    Automation = spec.Automation with { Mode = setting.Mode },
                    Bidding = spec.Bidding with { MaxBid = A.Usd(setting.MaxBid) },
                    Budget = spec.Budget with { MaxDailySpend = A.Usd(setting.Cap) },
                },
            };
        }

        /// <summary>What the network did, as the journal of commands has it.</summary>
        public List<PastMove> Made { get; } = [];

        public void Take(Turn turn)
        {
            _at += TimeSpan.FromMinutes(turn.Minutes);
            if (turn.Happens.HasFlag(Happens.PersonMovesIt))
                _campaign = (_campaign with { Bid = A.Usd(_campaign.Bid!.Value.Amount + .01m) }).HeldBy(HeldLever.Bid, FakePeople.Max.Id, _at);
            if (turn.Happens.HasFlag(Happens.PersonResumes))
                _campaign = _campaign with { LastResumedAt = _at };
            if (_recalls || turn.Happens.HasFlag(Happens.Restart))
                Recall();

            var now = Seen(turn);
            var around = new Surroundings(now, _memory, turn.Happens.HasFlag(Happens.IncidentIsOpen) ? "incident i1" : null, A.Usd(_setting.Others)) { LeftTogether = A.Usd(_setting.Together) };
            var plan = DecisionEngine.Allow([.. Wanted(now, turn)], around);
            plan.Moves.Select(move => move.Lever).ShouldBeUnique("one act for each lever and turn");
            (plan.Moves.Any(move => move.Raises()) && plan.Moves.Length > 1).ShouldBeFalse("nothing is done beside a raise");
            foreach (var move in plan.Moves)
            {
                Insist(move, around);
                if (turn.Happens.HasFlag(Happens.NotConfirmed))
                    break;

                Do(move, now);
                if (turn.Happens.HasFlag(Happens.NotKept))
                {
                    _recalls = true;
                    break;
                }

                _memory = _memory.With(AgentMemories.Move(now, move));
                _stored = JsonSerializer.Serialize(_memory);
            }
        }

        private void Insist(Proposal move, Surroundings around)
        {
            var (now, campaign, raises) = (around.Now, around.Now.Campaign, move.Raises());
            Math.Abs(move.Change).ShouldBeInRange(0, ModeBand.Of(_setting.Mode).Most);
            move.To.Amount.ShouldBeGreaterThan(0);
            campaign.HoldOn(move.Lever.AsHeld(), _at).ShouldBeNull();
            move.From.ShouldBe(move.Lever == Lever.Bid ? campaign.Bid!.Value : campaign.DailyBudget, "what somebody moved at the network is left alone");
            (campaign.LastResumedAt is { } resumed && _at - resumed < SafetyLimits.ResumeCooldown).ShouldBeFalse();
            Made.Count(made => made.At > _at.AddDays(-1)).ShouldBeLessThan(raises ? 4 : 6, "moves in 24 hours");
            if (Made.FindLast(made => made.Lever == move.Lever) is { } last)
                (_at - last.At).ShouldBeGreaterThanOrEqualTo(move.Lever == Lever.Bid ? TimeSpan.FromMinutes(30) : TimeSpan.FromHours(24));
            if (!raises)
                return;

            now.State.ShouldBe(DataState.Fresh);
            now.Reading!.Today.Conversions.ShouldNotBeNull();
            around.OpenIncident.ShouldBeNull();
            if (move.Lever == Lever.Bid)
            {
                move.To.ShouldBeLessThanOrEqualTo(A.Usd(_setting.MaxBid));
                return;
            }

            move.To.ShouldBeLessThanOrEqualTo(A.Usd(_setting.Cap));
            move.To.ShouldBeLessThanOrEqualTo(A.Usd(_setting.Together));
            (move.To + A.Usd(_setting.Others)).ShouldBeLessThanOrEqualTo(now.Account.DailyLimit!.Value);
        }

        private void Do(Proposal move, Observation now)
        {
            _campaign = move.Lever == Lever.Bid ? _campaign with { Bid = move.To } : _campaign with { DailyBudget = move.To };
            Made.Add(new PastMove(move.Lever, _at, now.Today, move.From, move.To, null));
        }

        /// <summary>As after a failed turn or a start: what was kept, and what the journal of the last day knows beside it.</summary>
        private void Recall()
        {
            var since = _at.AddDays(-1);
            _memory = JsonSerializer.Deserialize<AgentMemory>(_stored)!.Including(Made.Where(made => made.At >= since), since);
            _recalls = false;
        }

        private Observation Seen(Turn turn)
        {
            var seen = AnObservation.Of(_campaign, 100, turn.Happens.HasFlag(Happens.ResultsAreUnknown) ? null : 10, at: _at) with { State = turn.State };
            return turn.Happens.HasFlag(Happens.SomebodyMovesItThere)
                ? seen with { Reading = seen.Reading! with { Settings = seen.Reading.Settings with { Bid = A.Usd(_campaign.Bid!.Value.Amount + 1), DailyBudget = _campaign.DailyBudget + A.Usd(1) } } }
                : seen;
        }

        private static IEnumerable<Proposal> Wanted(Observation now, Turn turn)
        {
            var settings = now.Reading!.Settings;
            return new[] { Of(Lever.Bid, settings.Bid!.Value, turn.Bid), Of(Lever.DailyBudget, settings.DailyBudget, turn.Budget) }.Where(move => move.To != move.From);
        }

        private static Proposal Of(Lever lever, Money present, double change) =>
            new(lever, present, present with { Amount = Math.Max(.01m, Cents((double)present.Amount * (1 + change))) }, "", "test");
    }
}
