using System.Collections.Immutable;

namespace ChatOpsCampaigns.Dialogs.Verbs.Arguments;

/// <summary>The arguments that verbs share, so that the same thing has the same name everywhere.</summary>
internal static class Takes
{
    public static readonly VerbArgument Campaign = new("name", ArgumentKind.Campaign, "the campaign, by handle or name");

    public static readonly VerbArgument CampaignOrNone = Campaign with { Optional = true };

    public static readonly VerbArgument Draft = new("draft", ArgumentKind.Draft, "the draft, by name");

    public static readonly VerbArgument Incident = new("incident", ArgumentKind.Incident, "the incident, by handle");

    public static readonly VerbArgument Approval = new("request", ArgumentKind.Approval, "the request, by handle");

    public static readonly VerbArgument Amount = new("amount", ArgumentKind.Money, "an amount in the account's currency");

    public static readonly VerbArgument WhyOrNot = new("why", ArgumentKind.Words, "why", Optional: true);

    public static readonly VerbArgument Why = new("why", ArgumentKind.Words, "why");

    public static ImmutableArray<VerbArgument> Nothing => [];
}
