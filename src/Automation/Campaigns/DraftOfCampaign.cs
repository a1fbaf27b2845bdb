namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>What a launched campaign was made of, in a new draft: everything but its name, its start and its end, which are asked anew.</summary>
public static class DraftOfCampaign
{
    public static CampaignDraft Fill(CampaignDraft empty, Campaign campaign)
    {
        var (spec, targeting, bidding) = (campaign.Spec, campaign.Spec.Targeting, campaign.Spec.Bidding);
        return empty with
        {
            Network = spec.Network,
            Account = spec.Account,
            Creatives = spec.Creatives,
            CreativesDone = true,
            Type = spec.Type,
            Objective = spec.Objective,
            Destination = spec.Destination,
            Countries = targeting.Countries,
            AgeMin = targeting.AgeMin,
            AgeMax = targeting.AgeMax,
            Gender = targeting.Gender,
            Interests = targeting.Interests,
            Lookalike = targeting.Lookalike,
            CustomAudiences = targeting.CustomAudiences,
            TargetOs = targeting.Os,
            Genres = targeting.Genres,
            PredictedLtvTop = targeting.PredictedLtvTop,
            BudgetType = spec.Budget.Type,
            BudgetAmount = spec.Budget.Amount,
            MaxDailySpend = spec.Budget.MaxDailySpend,
            Strategy = bidding.Strategy,
            TargetCpa = bidding.TargetCpa,
            MaxBid = bidding.MaxBid,
            TargetRoas = bidding.TargetRoas,
            Worth = bidding.Worth,
            Automation = spec.Automation,
            ModeSaid = true,
            Schedule = spec.Schedule.Hours.IsEmpty ? null : new Schedule(null, null, spec.Schedule.Hours),
            StartOpen = !spec.Schedule.Hours.IsEmpty,
        };
    }
}
