namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>Looks whether the page that a click leads to answers. Reaches public addresses alone.</summary>
public interface ILandingCheck
{
    /// <summary>What is wrong with the address, in a sentence; null when it answers or when nobody looks.</summary>
    Task<string?> FindProblemAsync(string address, CancellationToken cancellationToken);
}
