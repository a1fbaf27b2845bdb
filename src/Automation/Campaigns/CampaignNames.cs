namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>Names are unique in a workspace, whatever their capitals: at the review already, so that what is shown is what is launched.</summary>
public static class CampaignNames
{
    /// <summary>The name itself, or with the first number from 2 that makes it free.</summary>
    public static string Free(string name, IEnumerable<string> taken)
    {
        var known = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!known.Contains(name))
            return name;

        var copy = 2;
        while (known.Contains($"{name} {copy}"))
            copy++;

        return $"{name} {copy}";
    }
}
