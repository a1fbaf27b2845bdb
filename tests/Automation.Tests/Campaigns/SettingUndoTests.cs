using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns;

public sealed class SettingUndoTests
{
    private static readonly PersonId Ana = new("local:ana");

    [Proves(120)]
    [Fact]
    public void Every_setting_goes_back_to_what_it_was()
    {
        var before = A.Campaign();
        var changed = Changed(
            before, now => CampaignSettings.Cap(now, A.Usd(900)), now => CampaignSettings.Mode(now, "aggressive"), now => CampaignSettings.TargetCost(now, A.Usd(14)), now => CampaignSettings.MinRoas(now, "off"),
            now => CampaignSettings.MaxCpa(now, null), now => CampaignSettings.Switch(now, "bids", "off"), now => CampaignSettings.Autonomy(now, Autonomy.Suggest, "act"));

        var undone = SettingUndo.Of(changed, A.Noon).Aggregate(changed, (now, one) => SettingChanged.Make(now, SettingUndo.Back(now, one.Undone).Change!, Ana, A.Noon));

        SettingUndo.Of(changed, A.Noon).Length.ShouldBe(7);
        (undone.Spec with { Automation = undone.Spec.Automation with { Autonomy = null } }).ShouldBe(before.Spec);
        undone.Spec.Automation.Autonomy.ShouldBe(Autonomy.Suggest);
        SettingUndo.Of(undone, A.Noon).ShouldBeEmpty("what was taken back is not offered again");
    }

    [Fact]
    public void Said_again_it_offers_the_change_before_that_one()
    {
        var changed = Changed(A.Campaign(), now => CampaignSettings.Mode(now, "aggressive"), now => CampaignSettings.Mode(now, "conservative"));

        var once = SettingChanged.Make(changed, SettingUndo.Of(changed, A.Noon).Single().Back!, Ana, A.Noon);

        once.Spec.Automation.Mode.ShouldBe(OptimisationMode.Aggressive);
        SettingUndo.Of(once, A.Noon).Single().Back!.After.ShouldBe("balanced");
    }

    [Fact]
    public void A_setting_that_somebody_changed_since_is_left_alone()
    {
        var changed = Changed(A.Campaign(), now => CampaignSettings.Mode(now, "aggressive"));
        var elsewhere = changed with { Spec = changed.Spec with { Automation = changed.Spec.Automation with { Mode = OptimisationMode.Conservative } } };

        var found = SettingUndo.Of(elsewhere, A.Noon).Single();

        found.Back.ShouldBeNull();
        found.Left.ShouldBe("The mode of Facebook installs US CA is conservative by now and not aggressive: it was changed since.");
    }

    [Fact]
    public void Everything_since_a_time_goes_back_in_one_step_for_each_setting_once()
    {
        var changed = Changed(
            A.Campaign(), now => CampaignSettings.Mode(now, "aggressive"), now => CampaignSettings.Cap(now, A.Usd(900)), now => CampaignSettings.Cap(now, A.Usd(800)), now => CampaignSettings.Mode(now, "conservative"),
            now => CampaignSettings.Switch(now, "bids", "off"), now => CampaignSettings.Switch(now, "bids", "on"));
        var since = A.Noon.AddMinutes(-29);

        var found = SettingUndo.Since(changed, since);
        var back = found.Aggregate(changed, (now, one) => SettingChanged.Make(now, SettingUndo.Back(now, one.Undone).Change!, Ana, A.Noon));

        found.Select(one => (one.Undone.Name, one.Undone.After, one.Undone.Before)).ShouldBe([("mode", "conservative", "aggressive"), ("cap", "$800", "$750")]);
        (back.Spec.Automation.Mode, back.Spec.Budget.MaxDailySpend).ShouldBe((OptimisationMode.Aggressive, A.Usd(750)));
        SettingUndo.Since(back, since).ShouldBeEmpty("it stands where it stood");
        SettingUndo.Of(back, A.Noon).Select(one => (one.Undone.Name, one.Undone.Before)).ShouldBe([("bids", "off"), ("mode", "balanced")], ignoreOrder: true);
    }

    [Fact]
    public void Since_a_time_too_a_setting_that_somebody_changed_otherwise_is_left_alone()
    {
        var changed = Changed(A.Campaign(), now => CampaignSettings.Mode(now, "aggressive"), now => CampaignSettings.Mode(now, "conservative"));
        var elsewhere = changed with { Spec = changed.Spec with { Automation = changed.Spec.Automation with { Mode = OptimisationMode.Aggressive } } };

        var found = SettingUndo.Since(elsewhere, A.Noon.AddHours(-1)).Single();

        found.Back.ShouldBeNull();
        found.Left.ShouldBe("The mode of Facebook installs US CA is aggressive by now and not conservative: it was changed since.");
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(31, 0)]
    public void After_thirty_days_nothing_is_undone(int days, int found) =>
        SettingUndo.Of(Changed(A.Campaign(), now => CampaignSettings.Mode(now, "aggressive")), A.Noon.AddDays(days)).Length.ShouldBe(found);

    [Fact]
    public void Taking_a_limit_back_up_is_lifting_a_limit()
    {
        var changed = Changed(A.Campaign(), now => CampaignSettings.Cap(now, A.Usd(600)), now => CampaignSettings.MaxCpa(now, A.Usd(15)), now => CampaignSettings.Switch(now, "bids", "off"));

        SettingUndo.Of(changed, A.Noon).ShouldAllBe(one => one.Back!.Loosens);
    }

    private static Campaign Changed(Campaign campaign, params ReadOnlySpan<Func<Campaign, SettingReading>> changes)
    {
        var minutes = 0;
        foreach (var change in changes)
            campaign = SettingChanged.Make(campaign, change(campaign).Change!, Ana, A.Noon.AddMinutes(-30 + minutes++));

        return campaign;
    }
}
