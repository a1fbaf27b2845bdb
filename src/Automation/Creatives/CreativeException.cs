namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>A file cannot be made fit. The message is a sentence for people that says what would be right.</summary>
public sealed class CreativeException(string message, Exception? inner = null) : Exception(message, inner);
