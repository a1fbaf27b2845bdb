using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

public sealed class QuietTurnTests
{
    private static readonly Proposal Raise = new(Lever.DailyBudget, A.Usd(500), A.Usd(550), "it pays", "budget");

    private static readonly Decision Nothing = new(
        Guid.NewGuid(), WorkspaceId.Local, new AdAccountId("meta"), new CampaignId("c-1"), A.Noon,
        new Seen(DataState.Fresh, A.Noon, A.Usd(10), 1, null, A.Usd(500), null), [], [], [], [], "left as it is");

    [Fact]
    public void A_turn_in_which_nothing_was_wanted_is_quiet() => Nothing.IsQuiet.ShouldBeTrue();

    [Fact]
    public void So_is_one_whose_every_wish_a_rail_dropped() =>
        (Nothing with { Wanted = [Raise], Trimmed = [new Trim("cooldown", Lever.DailyBudget, A.Usd(550), null, "too soon")] }).IsQuiet.ShouldBeTrue();

    [Fact]
    public void One_that_moved_suggested_found_a_breach_was_answered_or_put_something_back_is_not()
    {
        (Nothing with { Done = [new Act(Raise, "confirmed", true)] }).IsQuiet.ShouldBeFalse();
        (Nothing with { Wanted = [Raise], Consent = Autonomy.Shadow }).IsQuiet.ShouldBeFalse();
        (Nothing with { Wanted = [Raise], Trimmed = [new Trim("step", Lever.DailyBudget, A.Usd(550), A.Usd(520), "smaller")] }).IsQuiet.ShouldBeFalse();
        (Nothing with { Verdicts = [new SafetyVerdict.Breach(new RuleId("daily-spend-cap"), Remedy.PauseCampaign, new Evidence("spend", "800", "750"))] }).IsQuiet.ShouldBeFalse();
        (Nothing with { By = FakePeople.Ana.Id }).IsQuiet.ShouldBeFalse();
        (Nothing with { RollsBack = Guid.NewGuid() }).IsQuiet.ShouldBeFalse();
    }
}
