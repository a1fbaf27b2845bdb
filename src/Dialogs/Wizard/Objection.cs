namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>What is wrong with an answer, or with what was said before.</summary>
/// <param name="Field">The draft field that it stands beside; null where it is about the line as a whole.</param>
public sealed record Objection(string Says, string? Field = null)
{
    public static implicit operator Objection(string says) => new(says);
}
