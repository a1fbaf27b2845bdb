using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>What a window of Slack says beside its inputs, before it closes.</summary>
public sealed class WizardInputCheckTests
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public WizardInputCheckTests() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("$300", "abc", "MaxDailySpend", "abc")]
    [InlineData("$300", "$200", "MaxDailySpend", "$300")]
    [InlineData("a lot", "$750", "BudgetAmount", "lot")]
    public async Task What_is_wrong_with_an_input_is_said_beside_it(string budget, string cap, string input, string about)
    {
        var card = await AtBudgetAsync();

        var faults = await FaultsAsync("ana", card, ("BudgetAmount", budget), ("MaxDailySpend", cap));

        faults.ShouldHaveSingleItem().Key.ShouldBe(input);
        faults[input].ShouldContain(about);
    }

    [Fact]
    public async Task What_can_be_taken_has_no_fault_and_looking_at_it_changes_nothing()
    {
        var card = await AtBudgetAsync();
        var before = await DraftAsync();

        (await FaultsAsync("ana", card, ("BudgetAmount", "$300"), ("MaxDailySpend", "$450"))).ShouldBeEmpty();
        (await FaultsAsync("ana", card, ("BudgetAmount", "$300"), ("MaxDailySpend", "abc"))).ShouldNotBeEmpty();

        (await DraftAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Somebody_elses_card_and_one_from_before_are_left_to_the_answer()
    {
        var card = await AtBudgetAsync();

        (await FaultsAsync("max", card, ("BudgetAmount", "abc"))).ShouldBeEmpty();
        await _talk.SayAsync("ana", Now, "$500/day, max $750");
        (await FaultsAsync("ana", card, ("BudgetAmount", "abc"))).ShouldBeEmpty();
    }

    private Task<IReadOnlyDictionary<string, string>> FaultsAsync(string person, StepCard card, params (string Name, string Value)[] inputs) => _bench.Inputs.FaultsAsync(
        _bench.Turn(person, null, ChatBench.Press("wizard.answer", [("_target", card.Target), ("_rev", card.Rev), .. inputs])), Now);

    private async Task<StepCard> AtBudgetAsync()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "done", "app install, installs, ios, https://apps.apple.com/app/id1234567890", "US, CA; 18-44; all");
        return _bench.Channel.All.Select(post => post.Message.Card).OfType<StepCard>().Last();
    }

    private async Task<CampaignDraft> DraftAsync() => (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).ShouldHaveSingleItem();
}
