using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Alerts;

public sealed class AlertMessageTests
{
    [Fact]
    public void Simulated_emergencies_say_so_before_everything_else()
    {
        var one = new Alert("i1/stop", WorkspaceId.Local, null, Severity.Critical, "Spring (i1): stopped", "because", new IncidentId("i1"), A.Noon) { Name = "Spring (i1)", About = AlertAbout.Stopped, IsSimulated = true };
        var other = one with { Key = "i2/stop", Title = "Summer (i2): stopped", Name = "Summer (i2)", Incident = new IncidentId("i2") };

        AlertMessage.Of([one]).Title.ShouldBe("Simulated: Spring (i1): stopped");
        AlertMessage.Of([one, other]).Title.ShouldBe("Simulated: 2 incidents: 2 stopped");
        AlertMessage.Of([one, other]).Lines.ShouldNotContain(line => line.Contains("imulated", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_that_nobody_could_stop_name_each_page_once_where_room_is_scarce()
    {
        var pages = new Uri("https://ads.meta.example");
        var one = new Alert("i1/stop", WorkspaceId.Local, null, Severity.Critical, "Spring (i1): COULD NOT PAUSE", "because", new IncidentId("i1"), A.Noon) { Name = "Spring (i1)", About = AlertAbout.StillSpending, OwnPages = pages };
        var other = one with { Key = "i2/stop", Name = "Summer (i2)", Incident = new IncidentId("i2") };

        AlertMessage.Of([one, other]).Brief.ShouldBe("May still be spending: Spring (i1), Summer (i2). By hand: https://ads.meta.example/");
    }

    [Fact]
    public void A_simulated_emergency_among_real_ones_is_marked_alone()
    {
        var one = new Alert("i1/stop", WorkspaceId.Local, null, Severity.Critical, "Spring (i1): stopped", "because", new IncidentId("i1"), A.Noon) { Name = "Spring (i1)", IsSimulated = true };
        var real = one with { Key = "i2/stop", Title = "Summer (i2): stopped", Name = "Summer (i2)", Incident = new IncidentId("i2"), IsSimulated = false };

        var message = AlertMessage.Of([one, real]);

        message.Title.ShouldNotContain("Simulated");
        message.Lines.ShouldBe(["Simulated: Spring (i1): stopped — because", "Summer (i2): stopped — because"]);
        message.Brief.ShouldContain("Spring (i1) (simulated), Summer (i2)");
    }
}
