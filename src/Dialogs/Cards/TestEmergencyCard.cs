using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>An emergency that is none: it calls people the same way and asks nothing of them but to say that it reached them.</summary>
/// <param name="Standing">Who is called, or who acknowledged it and how soon.</param>
/// <param name="Target">The test's id; empty once there is nothing to press.</param>
public sealed record TestEmergencyCard(string By, string Standing, string Target) : ICardView
{
    public string Template => "test-emergency";

    public string Says => $"{By} tests whether an emergency reaches you. No campaign is concerned, nothing was stopped, and nothing of money is touched.";

    public string Style => CanAcknowledge ? "attention" : "default";

    public bool CanAcknowledge => Target.Length > 0;

    public string Fallback => string.Join('\n', (string[])["TEST, not an emergency", Says, Standing, .. CanAcknowledge ? (string[])["Press Ack, or reply ack."] : []]);
}
