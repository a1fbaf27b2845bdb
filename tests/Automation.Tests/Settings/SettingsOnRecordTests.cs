using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Settings;

public sealed class SettingsOnRecordTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_setting_that_changed_between_two_starts_is_on_record_with_before_and_after()
    {
        await StartAsync(("People:Roles:local:eve:0", "Viewer"), ("Approvals:LaunchAbove:USD", "1000"));
        await StartAsync(("People:Roles:local:eve:0", "Admin"), ("Safety:SweepEvery", "00:00:10"));

        var entry = _bench.Audit.All[^1];
        entry.Kind.ShouldBe("setting");
        entry.Facts.Select(one => $"{one.Key}: {one.Value}").ShouldBe(
            ["Approvals:LaunchAbove:USD: 1000 → not set", "People:Roles:local:eve:0: Viewer → Admin", "Safety:SweepEvery: not set → 00:00:10"]);
    }

    [Fact]
    public async Task A_start_with_the_same_settings_leaves_nothing()
    {
        await StartAsync(("Safety:SweepEvery", "00:00:10"));

        await StartAsync(("Safety:SweepEvery", "00:00:10"));

        _bench.Audit.All.ShouldHaveSingleItem();
    }

    private Task StartAsync(params (string Key, string Value)[] set) =>
        new SettingsOnRecord(_bench.Settings).CompareAsync(set.ToDictionary(one => one.Key, one => one.Value), Cancel);
}
